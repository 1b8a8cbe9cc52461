import 'server-only'
import { createHash } from 'node:crypto'
import { attachment, imageFileName } from '@/lib/images/file-name'
import { cardOf, renditionOf, VARIANTS } from '@/lib/images/renditions'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { findImage, listImages } from '@/lib/share-links/images'
import { findVisibleLink, type OpenLink } from '@/lib/share-links/visit'

const bots =
  /bot|crawl|spider|slurp|preview|scrap|facebookexternalhit|embed|fetch|monitor|headless|curl|wget|python|java\//i
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What every answer under a link says: kept by nobody without asking, indexed by nobody. */
const guarded = {
  'cache-control': 'private, no-cache',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** One image of a link, checked on each request: it dies with the link, the image or the password (`not_found`). */
export async function serveImage(
  request: Request,
  { token, imageId, variant }: { token: string; imageId: string; variant: string },
): Promise<Response> {
  const link = await findVisibleLink(token, request.headers)
  const wanted = VARIANTS.find((name) => name === variant)
  if (!link || !wanted) throw new AppError('not_found')
  const isDownload = new URL(request.url).searchParams.has('download')
  if (!link.allowDownload && (isDownload || wanted === 'original')) throw new AppError('not_found')
  const image = await findImage(link, imageId)
  if (!image) throw new AppError('not_found')
  const etag = `"${image.source.sha256.slice(0, 32)}-${wanted}"`
  if (request.headers.get('if-none-match') === etag) return unchanged(etag)
  const { bytes, mimeType } = await renditionOf(image.source, wanted)
  return answer(bytes, {
    etag,
    'content-type': mimeType,
    'content-disposition': isDownload ? await downloadName(link, imageId, mimeType) : 'inline',
  })
}

/** The card that messengers show. A link with a password has none (`not_found`): whoever pastes it has not given the password. */
export async function servePreview(request: Request, token: string): Promise<Response> {
  const link = await findVisibleLink(token, request.headers)
  if (!link || link.passwordHash !== null) throw new AppError('not_found')
  const sources = (await listImages(link, 4)).map((image) => image.source)
  if (sources.length === 0) throw new AppError('not_found')
  const key = createHash('sha256')
    .update(sources.map((source) => source.sha256).join())
    .digest('hex')
  const etag = `"${key.slice(0, 32)}"`
  if (request.headers.get('if-none-match') === etag) return unchanged(etag)
  return answer(await cardOf(sources), { etag, 'content-type': 'image/jpeg' })
}

/**
 * Counts that a browser showed the page: the page's own invisible image. Programs that only read the page, HEAD
 * requests and message previews never ask for it, and those that say they are bots are not believed.
 */
export async function serveSeen(request: Request, token: string): Promise<Response> {
  const link = await findVisibleLink(token, request.headers)
  const isPerson = !bots.test(request.headers.get('user-agent') ?? 'bot')
  if (link && isPerson) {
    await db().shareLink.updateMany({
      where: { id: link.id, revokedAt: null },
      data: { viewCount: { increment: 1 }, lastViewedAt: new Date() },
    })
  }
  return new Response(new Uint8Array(pixel), {
    headers: { ...guarded, 'content-type': 'image/gif', 'cache-control': 'no-store' },
  })
}

async function downloadName(link: OpenLink, imageId: string, mimeType: string): Promise<string> {
  const place = (await listImages(link)).findIndex((image) => image.id === imageId)
  return attachment(imageFileName({ title: link.title || link.teamName, place, mimeType }))
}

const answer = (bytes: Buffer, headers: Record<string, string>) =>
  new Response(new Uint8Array(bytes), {
    headers: { ...guarded, ...headers, 'content-length': String(bytes.length) },
  })

const unchanged = (etag: string) => new Response(null, { status: 304, headers: { ...guarded, etag } })
