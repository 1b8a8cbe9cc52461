import 'server-only'
import { LRUCache } from 'lru-cache'
import { findAsset, type Asset, type Credentials } from '@/lib/images/access'
import { readRange } from '@/lib/images/byte-range'
import { convert, isFormat, mimeTypeOf, type Format } from '@/lib/images/conversion'
import { attachment, imageFileName } from '@/lib/images/file-name'
import { thumbnailOf } from '@/lib/images/thumbnail'
import type { BlobName, ByteRange } from '@/lib/platform/blob-store'
import { shared } from '@/lib/platform/shared'
import { readBlob, requireBlob, type StoredBlob } from '@/lib/platform/storage'

const HOT_BYTES = 96 * 1024 * 1024
const HOT_FILE_BYTES = 768 * 1024
const ROUTE = /^\/i\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(thumb|original)$/

export type Asked = {
  method: string
  /** Path and query as they came. */
  url: string
  headers: Credentials & { ifNoneMatch?: string; ifRange?: string; range?: string }
}
/** A `blob` is opened by whoever sends the answer. */
export type Answer = {
  status: number
  headers: Record<string, string | number>
  body: Buffer | { blob: BlobName; range: ByteRange } | null
}

const guarded = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'accept-ranges': 'bytes',
} as const
const FOREVER = 'private, max-age=31536000, immutable'
const ASK_AGAIN = 'private, no-cache'
const missing: Answer = {
  status: 404,
  headers: { 'cache-control': 'no-store', 'content-length': 0 },
  body: null,
}

/** The one decision about an image's bytes, whoever sends them. Strangers and unknown images get the same 404. */
export async function decide({ method, url, headers }: Asked): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, headers: { allow: 'GET, HEAD', 'content-length': 0 }, body: null }
  const [path = '', search = ''] = url.split('?', 2)
  const found = ROUTE.exec(path)
  if (!found?.[1]) return missing
  const asset = await findAsset(headers, found[1])
  if (!asset) return missing
  const answer = search.includes('download')
    ? await download(asset, new URLSearchParams(search).get('download') ?? '')
    : await show(asset, found[2] === 'thumb')
  return answer ? conditional(answer, { method, headers }) : missing
}

type Whole = { sha256: string; sizeBytes: number; headers: Record<string, string>; body: Buffer | BlobName }

async function show(asset: Asset, isThumb: boolean): Promise<Whole | null> {
  const { teamId, original, isBlurred } = asset
  const thumb = isBlurred && !asset.thumb ? await thumbnailOf(asset.id) : asset.thumb
  const shown = isBlurred || isThumb ? thumb : original
  if (isBlurred && !shown) return null
  const file = shown ?? original
  const isFinal = !isThumb || thumb !== null
  return {
    ...file,
    headers: { 'content-type': file.mimeType, 'cache-control': isFinal ? FOREVER : ASK_AGAIN },
    body: await bytesOf(teamId, file),
  }
}

async function download(asset: Asset, wanted: string): Promise<Whole | null> {
  const { teamId, original, title, position, isBlurred } = asset
  if (isBlurred) return null
  const format: Format | null = isFormat(wanted) ? wanted : null
  const mimeType = format ? mimeTypeOf(format) : original.mimeType
  const headers = {
    'content-type': mimeType,
    'cache-control': FOREVER,
    'content-disposition': attachment(imageFileName({ title, place: position, mimeType })),
  }
  if (!format || mimeType === original.mimeType) {
    return { ...original, headers, body: await bytesOf(teamId, original) }
  }
  const body = await convert(() => readBlob({ ...original, teamId }), format)
  return { sha256: `${original.sha256}-${format}`, sizeBytes: body.length, headers, body }
}

function conditional(whole: Whole, { method, headers }: Pick<Asked, 'method' | 'headers'>): Answer {
  const { sha256, sizeBytes, body } = whole
  const etag = `"${sha256}"`
  const common = { ...guarded, ...whole.headers, etag }
  if (matches(headers.ifNoneMatch, etag)) return { status: 304, headers: common, body: null }
  const isPart = headers.ifRange === undefined || headers.ifRange === etag
  const range = isPart && method === 'GET' ? readRange(headers.range, sizeBytes) : null
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...guarded, 'content-range': `bytes */${sizeBytes}` }, body: null }
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 }
  const part = range && { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }
  return {
    status: range ? 206 : 200,
    headers: { ...common, ...part, 'content-length': end - start + 1 },
    body: method === 'HEAD' ? null : slice(body, start, end),
  }
}

function slice(body: Buffer | BlobName, start: number, end: number): Answer['body'] {
  return Buffer.isBuffer(body) ? body.subarray(start, end + 1) : { blob: body, range: { start, end } }
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

const hot = () =>
  shared(
    'images.hot',
    () => new LRUCache<string, Buffer>({ maxSize: HOT_BYTES, sizeCalculation: (bytes) => bytes.length }),
  )

/** Small blobs come from memory, large ones are named, to be streamed. Throws `file_missing` when one is gone. */
async function bytesOf(teamId: string, file: StoredBlob): Promise<Buffer | BlobName> {
  const blob = { teamId, sha256: file.sha256, sizeBytes: file.sizeBytes }
  if (file.sizeBytes > HOT_FILE_BYTES) {
    await requireBlob(blob)
    return blob
  }
  const key = `${teamId}.${file.sha256}`
  const known = hot().get(key)
  if (known) return known
  const bytes = await readBlob(blob)
  hot().set(key, bytes)
  return bytes
}
