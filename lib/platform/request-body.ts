import 'server-only'
import { findBadText } from '@/lib/platform/bad-text'
import { AppError } from '@/lib/platform/errors'
import { structureOf } from '@/lib/platform/json-structure'

const LIMIT_BYTES = 64 * 1024
const LIMIT_MS = 30_000
/** The slowest line that a large body is waited for. */
const BYTES_PER_MS = 50

type Limits = { maxBytes?: number; withinMs?: number }

/**
 * A bounded JSON body. Throws `unsupported_media_type` for anything that is not `application/json` in UTF-8 (a form of
 * another site cannot send that type), `malformed_json`, `too_large`, `request_timeout`, and `validation_failed` for
 * text that PostgreSQL cannot hold.
 */
export async function readJson(request: Request, limits: Limits = {}): Promise<unknown> {
  refuseOtherThanJson(request.headers)
  const text = await readText(request, limits)
  const value = parse(text)
  refuseBadText(value)
  return value
}

/** A bounded body in UTF-8, read as it comes and counted. A byte order mark is left out. */
export async function readText(
  request: Request,
  { maxBytes = LIMIT_BYTES, withinMs = LIMIT_MS + maxBytes / BYTES_PER_MS }: Limits = {},
): Promise<string> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity') throw unsupported('content-encoding', `Send it without "${encoding}".`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readBytes(request, { maxBytes, withinMs }))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new AppError('malformed_json', { detail: 'The body is not UTF-8.', cause })
  }
}

/** Stops reading at a limit without ending the stream: that would end the connection before the answer. */
async function readBytes(request: Request, { maxBytes, withinMs }: Required<Limits>): Promise<Buffer> {
  if (!request.body) return Buffer.alloc(0)
  const reader = request.body.getReader()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new AppError('request_timeout', { detail: 'The body took too long.' }))
    timer = setTimeout(refuse, withinMs)
  })
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return Buffer.concat(chunks)
      sizeBytes += value.length
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
      chunks.push(value)
    }
  } finally {
    clearTimeout(timer) // each would keep what it closes over for half a minute
  }
}

function refuseOtherThanJson(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') {
    const sent = type.trim() ? `not ${type.trim()}` : 'the header is missing'
    throw unsupported('content-type', `Send application/json; ${sent}.`)
  }
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=')
    const charset = value.trim().replace(/^"(.*)"$/, '$1')
    if (name.trim().toLowerCase() === 'charset' && !/^utf-?8$/i.test(charset))
      throw unsupported('charset', `Send UTF-8; not ${charset}.`)
  }
}

/** Far more than any body of ours has; reading it takes a few milliseconds. */
const JSON_MAX = { parts: 40_000, depth: 1_000 }

function parse(text: string): unknown {
  const { parts, depth } = structureOf(text)
  if (parts > JSON_MAX.parts || depth > JSON_MAX.depth)
    throw new AppError('too_large', { detail: 'The JSON has too many parts or is nested too deeply.' })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed_json', { detail: 'The body is not JSON.', cause })
  }
}

/** No store keeps a NUL or half a character, wherever in a body or a query it stands. */
export function refuseBadText(value: unknown): void {
  const bad = findBadText(value)
  if (!bad) return
  const errors = [{ path: bad.path.join('.'), code: 'bad_text', message: bad.message }]
  throw new AppError('validation_failed', { detail: 'Some fields are not valid.', errors })
}

function unsupported(path: string, message: string): AppError {
  const errors = [{ path, code: 'unsupported', message }]
  return new AppError('unsupported_media_type', { detail: message, errors })
}

const tooLarge = (maxBytes: number) =>
  new AppError('too_large', { detail: `The body is larger than ${maxBytes} bytes.` })
