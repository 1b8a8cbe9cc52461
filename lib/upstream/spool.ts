import 'server-only'
import { open, rename, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { z } from 'zod'
import { roomUnder } from '@/lib/platform/disk-room'
import { inFolderOf, removeFile, syncFolder } from '@/lib/platform/durable-files'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { blobStore } from '@/lib/platform/storage'
import { Follower, readPiece } from '@/lib/upstream/follower'

/** The head is one padded JSON line of this many bytes; the answer's body follows it. */
export const SPOOL_HEAD_BYTES = 512
/** Room that one answer may need: four images of 8 MB as base64 in the spool, and again as files. */
const ANSWER_RESERVE_BYTES = 80 * 1024 * 1024

const head = z.object({
  status: z.int(),
  sentAt: z.coerce.date(),
  receivedAt: z.coerce.date().optional(),
  whole: z.boolean(),
  /** As upstream announced it; lets a restart tell that the last byte had come when the process died. */
  contentLength: z.int().optional(),
  /** How the body is written: it is kept as it came. */
  encoding: z.string().optional(),
  contentType: z.string().optional(),
})

/** How a body says it is written: the values of Content-Encoding and Content-Type, bounded. */
export type Coding = { encoding?: string; contentType?: string }

/** What is known of a spooled answer. `whole`: upstream ended it properly and it is on the disk to its last byte. */
export type Spool = z.infer<typeof head> & {
  receivedAt: Date
  file: string
  bodyBytes: number
}

/**
 * An answer on its way to the disk. It is written to `<path>.part` and becomes `<path>` once it is durable, so that a
 * restart can finish from the file alone.
 */
export class SpoolWriter {
  readonly path: string
  readonly #file: FileHandle
  #position = SPOOL_HEAD_BYTES
  #coding: Coding = {}
  #follower: Follower | undefined

  private constructor(spoolPath: string, file: FileHandle) {
    this.path = spoolPath
    this.#file = file
  }

  /** Takes the place on the disk before anything is sent; throws when it cannot be had. */
  static async open(spoolPath: string): Promise<SpoolWriter> {
    const part = partOf(spoolPath)
    const file = await inFolderOf(part, () => open(part, 'w', 0o600))
    const writer = new SpoolWriter(spoolPath, file)
    try {
      await writeAll(file, [Buffer.alloc(SPOOL_HEAD_BYTES, ' ')], 0)
    } catch (error) {
      await writer.discard()
      throw error
    }
    return writer
  }

  /** The stream of the body that follows this head; waiting chunks go down in one write. */
  body(begun: Coding & { status: number; sentAt: Date; contentLength?: number }): Writable {
    this.#coding = { encoding: begun.encoding, contentType: begun.contentType }
    const write = (chunks: Buffer[], done: (error?: Error | null) => void) => {
      const [position, sizeBytes] = [this.#position, sizeOf(chunks)]
      this.#position += sizeBytes
      for (const chunk of chunks) this.#follower?.give(chunk)
      writeAll(this.#file, chunks, position).then(() => {
        this.#follower?.wrote(sizeBytes)
        done()
      }, done)
    }
    return new Writable({
      highWaterMark: 16 << 20,
      construct: (done) => void this.#writeHead({ ...begun, whole: false }).then(() => done(), done),
      write: (chunk: Buffer, _encoding, done) => write([chunk], done),
      writev: (chunks, done) =>
        write(
          chunks.map(({ chunk }: { chunk: Buffer }) => chunk),
          done,
        ),
    })
  }

  /** The body as it comes, until `keep` or `discard` is called. For one reader, who begins before the body does. */
  follow(): AsyncGenerator<Buffer> {
    this.#follower = new Follower()
    const reopen = () => open(partOf(this.path), 'r').catch(() => open(this.path, 'r'))
    return this.#follower.read(reopen, SPOOL_HEAD_BYTES)
  }

  /** Makes what came durable under the final name. */
  async keep(known: { status: number; sentAt: Date; receivedAt: Date; whole: boolean }): Promise<void> {
    this.#follower?.end()
    try {
      await this.#writeHead({ ...known, ...this.#coding })
      await this.#file.datasync()
    } finally {
      await this.#file.close()
    }
    await rename(partOf(this.path), this.path)
    await syncFolder(path.dirname(this.path))
  }

  async discard(): Promise<void> {
    this.#follower?.end()
    await this.#file.close().catch(() => {})
    await forget(partOf(this.path))
  }

  async #writeHead(known: z.input<typeof head>): Promise<void> {
    const line = JSON.stringify(known).padEnd(SPOOL_HEAD_BYTES - 1) + '\n'
    await writeAll(this.#file, [Buffer.from(line)], 0)
  }
}

/** The spooled answer at `spoolPath` (also one that a crash left half written), or null when no answer ever began. */
export async function findSpool(spoolPath: string): Promise<Spool | null> {
  for (const file of [spoolPath, partOf(spoolPath)]) {
    const handle = await open(file, 'r').catch(() => null)
    if (!handle) continue
    try {
      const line = Buffer.alloc(SPOOL_HEAD_BYTES)
      const { bytesRead } = await handle.read(line, 0, SPOOL_HEAD_BYTES, 0)
      const known = parseHead(line.toString('utf8', 0, bytesRead))
      const { size, mtime } = await handle.stat()
      if (known) return { receivedAt: mtime, ...known, ...measure(known, size), file }
    } finally {
      await handle.close()
    }
  }
  return null
}

/** The body of a spool, in pieces. */
export async function* readBody({ file }: Spool): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r')
  try {
    for (let position = SPOOL_HEAD_BYTES; ;) {
      const piece = await readPiece(handle, position)
      if (piece.length === 0) return
      position += piece.length
      yield piece
    }
  } finally {
    await handle.close()
  }
}

function measure({ whole, contentLength }: z.infer<typeof head>, fileBytes: number) {
  const bodyBytes = fileBytes - SPOOL_HEAD_BYTES
  return { bodyBytes, whole: whole || contentLength === bodyBytes }
}

/** When something was last written of an answer, also before its first byte has come; null when there is nothing. */
export async function spoolTouchedAt(spoolPath: string): Promise<Date | null> {
  const found = await Promise.all(
    [spoolPath, partOf(spoolPath)].map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  const latest = Math.max(...found)
  return latest > 0 ? new Date(latest) : null
}

/** Forgets a spooled answer; call it only after what it held is committed elsewhere. */
export async function discardSpool(spoolPath: string): Promise<void> {
  await Promise.all([spoolPath, partOf(spoolPath)].map(forget))
}

/** A disk that removes nothing changes no outcome: what stays is removed by a later sweep. */
async function forget(file: string): Promise<void> {
  await removeFile(file).catch((error: unknown) => log.warn('storage.spool_stays', { file, error }))
}

function partOf(spoolPath: string): string {
  return `${spoolPath}.part`
}

function parseHead(line: string): z.infer<typeof head> | null {
  try {
    return head.parse(JSON.parse(line))
  } catch {
    return null
  }
}

function sizeOf(chunks: Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0)
}

async function writeAll(file: FileHandle, chunks: Buffer[], position: number): Promise<void> {
  const size = sizeOf(chunks)
  const { bytesWritten } = await file.writev(chunks, position)
  if (bytesWritten === size) return
  if (bytesWritten === 0) throw new Error('the disk takes no more')
  await writeAll(file, [Buffer.concat(chunks).subarray(bytesWritten)], position + bytesWritten)
}

/** Where the answer to one call is written as it arrives: on the disk of the process that called. */
export function spoolPath(generationId: string, attempt: number): string {
  return path.join(spoolDir(), `${generationId}.${attempt}`)
}

export function spoolDir(): string {
  return path.join(env().dataDir, 'spool')
}

/** Whether answers of `calls` more calls surely fit on the disk, and the spool can be written at all. */
export async function hasRoomFor(calls: number): Promise<boolean> {
  const needed = calls * ANSWER_RESERVE_BYTES
  return (await roomUnder(spoolDir())) >= needed && (await blobStore().room()) >= needed
}
