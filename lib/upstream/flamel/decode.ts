import 'server-only'
import { Readable, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Coding } from '@/lib/upstream/spool'

const HEADER_MAX = 80
const CODINGS_MAX = 3
/** A compressed answer is base64 for the most part, which shrinks by a quarter: far more is a bomb. */
const RATIO_MAX = 100
const DECODED_MIN_BYTES = 1 << 20
const CHUNK_BYTES = 64 << 10
/** So much is handed out at once; whoever takes it works on it in one go. */
const PIECE_BYTES = 32 << 10
/** After so long, whatever else waits has its turn. */
const TURN_MS = 5
/** One byte of Zstandard can stand for tens of kilobytes: so much is decoded before others get their turn. */
const ZSTD_PIECE_BYTES = 1 << 10

export function codingOf(headers: {
  'content-encoding'?: string
  'content-type'?: string
  'transfer-encoding'?: string
}): Coding {
  const transfer = headers['transfer-encoding']?.replace(/(^|,)\s*chunked\s*$/i, '')
  const encoding = [headers['content-encoding'], transfer].filter(Boolean).join(',')
  return { encoding: plainHeader(encoding), contentType: plainHeader(headers['content-type']) }
}

function plainHeader(value = ''): string | undefined {
  return value.replace(/[^\w.,;:=+/* -]/g, '').slice(0, HEADER_MAX) || undefined
}

/**
 * The body as UTF-8, in small pieces between which others have their turn: content codings undone, other character
 * sets converted. What a body visibly is outweighs what its headers say. Ends early, without an error, where the body
 * is not what it says or has more than `maxBytes`; throws only what `source` throws.
 */
export async function* decoded(
  source: AsyncIterable<Buffer>,
  coding: Coding,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  const { start, all } = await peek(source)
  const isPlain = looksLikeJson(start)
  const counted = { bytes: 0 }
  const plain = isPlain ? all : decompressed(count(all, counted), codingsOf(coding, start))
  const text = await peek(plain)
  const charset = charsetOf(coding, text.start)
  const pieces = charset === 'utf-8' ? text.all : converted(text.all, charset)
  let given = 0
  let turnBegan = performance.now()
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      const part = piece.subarray(at, at + PIECE_BYTES)
      given += part.length
      if (given > maxBytes || (!isPlain && given > DECODED_MIN_BYTES + RATIO_MAX * counted.bytes)) return
      yield part
      if (performance.now() - turnBegan < TURN_MS) continue
      await nextTurn()
      turnBegan = performance.now()
    }
}

async function* count(source: AsyncIterable<Buffer>, counted: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    counted.bytes += chunk.length
    yield chunk
  }
}

/** A small body as text. */
export async function decodedText(body: Buffer, coding: Coding, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of decoded(Readable.from([body]), coding, maxBytes)) pieces.push(piece)
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/** The first bytes of a source, and all of it again. */
async function peek(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]()
  const first: Buffer[] = []
  let length = 0
  let isOver = false
  while (length < 16 && !isOver) {
    const next = await iterator.next()
    if (next.done) isOver = true
    else if (next.value.length > 0) {
      first.push(next.value)
      length += next.value.length
    }
  }
  const start = first.length === 1 && first[0] ? first[0] : Buffer.concat(first)
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (start.length > 0) yield start
      while (!isOver) {
        const next = await iterator.next()
        if (next.done) return
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { start, all: all() }
}

function looksLikeJson(start: Buffer): boolean {
  return /^(\xef\xbb\xbf)?\s*(\{\s*["}]|\[\s*[[{\]])/.test(start.toString('latin1', 0, 64))
}

/** In the order in which they are to be undone. */
function codingsOf({ encoding = '' }: Coding, start: Buffer): string[] {
  const magic = start.toString('hex', 0, 4)
  const named = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => name && name !== 'identity')
    .reverse()
  if (named.length === 0 && magic.startsWith('1f8b')) return ['gzip']
  if (named.length === 0 && magic === '28b52ffd') return ['zstd']
  return named
}

async function* decompressed(source: AsyncIterable<Buffer>, codings: string[]): AsyncGenerator<Buffer> {
  if (codings.length > CODINGS_MAX) return
  let body = source
  for (const coding of codings) body = await undo(body, coding)
  yield* body
}

async function undo(source: AsyncIterable<Buffer>, coding: string): Promise<AsyncIterable<Buffer>> {
  const partly = { chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH }
  const { start, all } = await peek(source)
  switch (coding) {
    case 'gzip':
      return through(all, createGunzip(partly))
    case 'deflate':
      return through(all, isZlib(start) ? createInflate(partly) : createInflateRaw(partly))
    case 'br':
      return through(
        all,
        createBrotliDecompress({ chunkSize: CHUNK_BYTES, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
      )
    case 'zstd':
      return unzstd(all)
    default:
      return all // unknown: whether it can be read, its text decides
  }
}

function isZlib(start: Buffer): boolean {
  return start.length >= 2 && start.readUInt16BE(0) % 31 === 0 && ((start[0] ?? 0) & 15) === 8
}

/** Compressed bytes that are broken end the body; an error of the source is thrown on. */
async function* through(source: AsyncIterable<Buffer>, transform: Transform): AsyncGenerator<Buffer> {
  let failure: unknown
  const stream = Readable.from(source).on('error', (error) => {
    failure = error
    transform.destroy(error)
  })
  stream.pipe(transform)
  try {
    for await (const piece of transform) yield piece
  } catch (error) {
    if (failure !== undefined) throw error
  } finally {
    stream.destroy()
    transform.destroy()
  }
}

async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let out: Buffer[] = []
  const stream = new Decompress((piece) => void out.push(Buffer.from(piece)))
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += ZSTD_PIECE_BYTES) {
      try {
        stream.push(chunk.subarray(at, at + ZSTD_PIECE_BYTES))
      } catch {
        return // not Zstandard
      }
      yield* out
      out = []
      await nextTurn()
    }
}

/** What a byte order mark, or the zeros beside a first ASCII character, say; null where nothing shows. */
function shownCharset(start: Buffer): string | null {
  const [first = 0, second = 0] = start
  const mark = start.toString('hex', 0, 3)
  if (mark === 'efbbbf') return 'utf-8'
  if (mark.startsWith('fffe') || (first !== 0 && second === 0)) return 'utf-16le'
  if (mark.startsWith('feff') || (first === 0 && second !== 0)) return 'utf-16be'
  return null
}

function charsetOf({ contentType = '' }: Coding, start: Buffer): string {
  const shown = shownCharset(start)
  if (shown) return shown
  const named = /charset\s*=\s*([\w.:-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8'
  try {
    const { encoding } = new TextDecoder(named)
    // a body in UTF-16 would have shown itself above
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding
  } catch {
    return 'utf-8' // a name that nobody knows
  }
}

async function* converted(source: AsyncIterable<Buffer>, charset: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(charset)
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
      yield Buffer.from(decoder.decode(chunk.subarray(at, at + CHUNK_BYTES), { stream: true }))
      await nextTurn()
    }
  yield Buffer.from(decoder.decode())
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
