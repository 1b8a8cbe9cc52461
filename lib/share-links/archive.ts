import 'server-only'
import { Readable } from 'node:stream'
import { attachment, fileStem, imageFileName } from '@/lib/images/file-name'
import { AppError } from '@/lib/platform/errors'
import { readBlob, requireBlob } from '@/lib/platform/storage'
import { zip, type ZipEntry } from '@/lib/platform/zip'
import { listImages } from '@/lib/share-links/images'
import { findVisibleLink } from '@/lib/share-links/visit'

/** All images of a link in one file, as they are; only where downloads are allowed (else `not_found`). */
export async function serveArchive(request: Request, token: string): Promise<Response> {
  const link = await findVisibleLink(token, request.headers)
  const images = link?.allowDownload ? await listImages(link) : []
  if (!link || images.length === 0) throw new AppError('not_found')
  await Promise.all(images.map(({ source }) => requireBlob(source))) // before the first byte of a 200
  const title = link.title || link.teamName
  const entries = images.map(({ source }, place): ZipEntry => ({
    name: imageFileName({ title, place, mimeType: source.mimeType }),
    read: () => readBlob(source),
  }))
  // Node's web stream and the DOM library's are the same object under two types.
  const body = Readable.toWeb(Readable.from(zip(entries))) as ReadableStream
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': attachment(`${fileStem(title)}.zip`),
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
}
