import 'server-only'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Busboy, { type BusboyInstance } from '@fastify/busboy'
import { withConcurrencyLimit } from '@/lib/platform/concurrency-limit'
import { env } from '@/lib/platform/env'
import { AppError, isAppError } from '@/lib/platform/errors'
import { refuseUpload } from '@/lib/references/clean-image'

const MAX_FILE_BYTES = 20 * 1024 * 1024
/** What multipart writes around the file, with its few small fields. */
const MAX_FRAME_BYTES = 64 * 1024
/** A phone on a slow line needs about a minute for 20 MB; nobody needs three. */
const TOTAL_LIMIT_MS = 180_000
const SILENCE_LIMIT_MS = 15_000
const LIMITS = { places: 8, queue: 24 }

type Limits = { totalMs?: number; silenceMs?: number }

/**
 * Streams the one file of a multipart request to disk (never through memory), hands its path to `handle` and removes
 * it afterwards. Refuses other parts, other sizes and senders that are too slow.
 */
export async function withUploadedFile<T>(
  request: Request,
  handle: (file: string) => Promise<T>,
  limits: Limits = {},
): Promise<T> {
  return withConcurrencyLimit('reference.upload', LIMITS, async () => {
    const file = path.join(env().dataDir, 'uploads', randomUUID())
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    try {
      await receive(request, file, limits)
      return await handle(file)
    } finally {
      await rm(file, { force: true })
    }
  })
}

async function receive(
  request: Request,
  file: string,
  { totalMs = TOTAL_LIMIT_MS, silenceMs = SILENCE_LIMIT_MS }: Limits,
) {
  if (!request.body) throw refuseUpload('no_file')
  if (Number(request.headers.get('content-length') ?? 0) > MAX_FILE_BYTES + MAX_FRAME_BYTES)
    throw refuseUpload('too_large')
  const parts = partsOf(request)
  const stop = new AbortController()
  const tooSlow = () => stop.abort(refuseUpload('too_slow'))
  const timers = [setTimeout(tooSlow, totalMs), setTimeout(tooSlow, silenceMs)] as const
  const saved = saveFile(parts, file, stop)
  try {
    // Node and the DOM library describe the same web stream by two types.
    const body = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0])
    body.on('data', () => timers[1].refresh())
    await Promise.all([pipeline(body, parts, { signal: stop.signal }), saved])
  } catch (error) {
    stop.abort(error)
    const reason: unknown = stop.signal.reason
    throw isAppError(reason) ? reason : refuseUpload('damaged', reason)
  } finally {
    timers.forEach(clearTimeout)
    await Promise.allSettled([saved])
  }
}

function partsOf(request: Request): BusboyInstance {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b.*boundary=/i.test(type)) {
    throw new AppError('unsupported_media_type', { detail: 'Send multipart/form-data with one part `file`.' })
  }
  const limits = {
    files: 1,
    fields: 4,
    parts: 5,
    fileSize: MAX_FILE_BYTES,
    fieldSize: 1_024,
    headerPairs: 20,
  }
  return new Busboy({ headers: { 'content-type': type }, limits })
}

/** Settles only when nothing is being written any more, so that the file can surely be removed. */
function saveFile(parts: BusboyInstance, file: string, stop: AbortController): Promise<void> {
  return new Promise((resolve, reject) => {
    let writing: Promise<void> | undefined
    const fail = (error: unknown) => void Promise.allSettled([writing]).then(() => reject(error))
    stop.signal.addEventListener('abort', () => fail(stop.signal.reason))
    parts.on('file', (_name, stream) => {
      stream.on('limit', () => stop.abort(refuseUpload('too_large')))
      const disk = createWriteStream(file, { mode: 0o600 })
      // a pipeline that is stopped does not wait until a file that is just being made is closed
      const isClosed = new Promise<void>((resolve) => disk.once('close', () => resolve()))
      writing = pipeline(stream, disk, { signal: stop.signal }).finally(() => isClosed)
      writing.catch(fail)
    })
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parts.on(limit, () => stop.abort(refuseUpload('too_many_parts')))
    }
    parts.on('error', (error) => stop.abort(error))
    parts.on('finish', () => {
      if (writing) writing.then(resolve, fail)
      else fail(refuseUpload('no_file'))
    })
  })
}
