import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { shared } from '@/lib/platform/shared'

/** Room that one answer may need: four pictures of 8 MB as base64 in the spool, and again as files. */
const ANSWER_RESERVE_BYTES = 80 * 1024 * 1024
/** A file that nobody has missed for so long is no alarm any more: its row may be gone too. */
const MISSED_FOR_MS = 60 * 60_000

export type StoredBlob = { sha256: string; sizeBytes: number }

/** Where the bytes of a team's blob lie. `sha256` is hex. */
export function blobPath(teamId: string, sha256: string): string {
  return path.join(env().dataDir, 'blobs', teamId, sha256.slice(0, 2), sha256)
}

/** Where the answer to one call is written as it arrives. */
export function spoolPath(generationId: string, attempt: number): string {
  return path.join(spoolDir(), `${generationId}.${attempt}`)
}

export function spoolDir(): string {
  return path.join(env().dataDir, 'spool')
}

/**
 * Writes bytes under their SHA-256, durably (fsync of file and folder) and at once or not at all. Known bytes cost one
 * `stat`. `sha256` saves hashing where the caller has done it.
 */
export async function storeBlob(teamId: string, bytes: Buffer, sha256 = hashOf(bytes)): Promise<StoredBlob> {
  const target = blobPath(teamId, sha256)
  if (!(await isKept(target, bytes.length))) await writeDurably(target, bytes)
  return { sha256, sizeBytes: bytes.length }
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Where a blob's bytes lie, seen to be there to the last byte. Throws `file_missing` otherwise, and tells the log and
 * the health check: a row whose file is gone is a disk, a mount or a backup to look after, never an empty answer.
 */
export async function requireFile(teamId: string, blob: StoredBlob): Promise<string> {
  const file = blobPath(teamId, blob.sha256)
  const sizeBytes = await sizeOf(file)
  if (sizeBytes === blob.sizeBytes) return file
  throw fileMissing(teamId, blob, `${sizeBytes ?? 'no'} bytes instead of ${blob.sizeBytes}`)
}

/** A blob's bytes, whole. Throws `file_missing` as `requireFile` does. */
export async function readBlob(teamId: string, blob: StoredBlob): Promise<Buffer> {
  const file = await requireFile(teamId, blob)
  return readFile(file).catch((cause: unknown) => {
    throw fileMissing(teamId, blob, cause)
  })
}

/** The error for a file that is not what its row says, after telling whoever looks after the disk. */
export function fileMissing(teamId: string, blob: StoredBlob, cause: unknown): AppError {
  const file = blobPath(teamId, blob.sha256)
  log.error('storage.file_missing', { file: path.relative(env().dataDir, file), error: cause })
  missed().set(file, { sizeBytes: blob.sizeBytes, at: Date.now() })
  return new AppError('file_missing', {
    detail: 'The file of this image cannot be read from the server’s disk. Try again later.',
    retryAfterS: 30,
    cause,
  })
}

const missed = () => shared('storage.missed', () => new Map<string, { sizeBytes: number; at: number }>())

/** Whether a file that was asked for within the last hour is still not there as it should be. */
export async function isFileMissing(): Promise<boolean> {
  for (const [file, { sizeBytes, at }] of missed()) {
    const isOver = Date.now() - at > MISSED_FOR_MS || (await sizeOf(file)) === sizeBytes
    if (!isOver) return true
    missed().delete(file)
  }
  return false
}

function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null, // whatever keeps it from being seen, it cannot be read now
  )
}

async function writeDurably(target: string, bytes: Buffer): Promise<void> {
  const folder = path.dirname(target)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = path.join(env().dataDir, 'making', randomUUID()) // what a crash leaves there is found and removed
  await mkdir(path.dirname(temporary), { recursive: true, mode: 0o700 })
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** Whether answers of `calls` more calls surely fit on the disk, and the spool can be written at all. */
export async function hasRoomFor(calls: number): Promise<boolean> {
  try {
    await mkdir(spoolDir(), { recursive: true, mode: 0o700 })
    const disk = await statfs(spoolDir())
    if (disk.bavail * disk.bsize < calls * ANSWER_RESERVE_BYTES) return false
    const probe = path.join(spoolDir(), `.probe-${process.pid}`)
    await (await open(probe, 'w', 0o600)).close()
    await rm(probe, { force: true })
    return true
  } catch {
    return false // unwritable, gone or read-only: an answer could not be kept, which is all the caller asks
  }
}

/** Known bytes are touched: what was touched within a day is not purged, even if no row owns it at this moment. */
async function isKept(file: string, sizeBytes: number): Promise<boolean> {
  if ((await sizeOf(file)) !== sizeBytes) return false
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    () => false,
  )
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined) // some file systems cannot sync a folder
  await handle.close()
}
