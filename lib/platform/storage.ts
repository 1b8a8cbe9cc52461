import 'server-only'
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { cachedStore, type CachedStore } from '@/lib/platform/blob-cache'
import type { BlobName, BlobStore, ByteRange } from '@/lib/platform/blob-store'
import { HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { fileStore } from '@/lib/platform/file-store'
import { log } from '@/lib/platform/log'
import { s3Store, type S3Store } from '@/lib/platform/s3-store'
import { shared } from '@/lib/platform/shared'
import { addressOfStore, s3Settings } from '@/lib/platform/storage-settings'

/** A file that nobody has missed for so long is no alarm any more: its row may be gone too. */
const MISSED_FOR_MS = HOUR_MS

export type StoredBlob = { sha256: string; sizeBytes: number }
/** A blob as its row knows it. */
export type OwnedBlob = BlobName & StoredBlob

/** The store of this server: its disk, or the object store that STORAGE_URL names, with copies on the disk. */
export const blobStore = (): BlobStore => remote()?.cached ?? durableStore()

/** The same without copies: for who asks what is really there, or reads everything once. */
export const durableStore = (): BlobStore => objectStore() ?? fileStore(env().dataDir)

/** The object store of this server, without copies; null when its disk is the store. */
export const objectStore = (): ObjectStore | null => remote()?.objects ?? null

type ObjectStore = S3Store & { address: string }

/** One for the process: it has connections, and knows how the store is. */
const remote = () => shared('storage.remote', openRemote)

function openRemote(): { objects: ObjectStore; cached: CachedStore | null } | null {
  const settings = s3Settings(env())
  if (!settings) return null
  const objects = { ...s3Store(settings), address: addressOfStore(settings) }
  const cacheBytes = env().STORAGE_CACHE_MB * 1_000_000
  const folder = path.join(env().dataDir, 'cache')
  return { objects, cached: cacheBytes > 0 ? cachedStore(objects, folder, cacheBytes) : null }
}

/**
 * Keeps bytes under their SHA-256, durably. `sha256` saves hashing where the caller has done it. Throws `unavailable` while
 * the object store takes nothing.
 */
export async function storeBlob(teamId: string, bytes: Buffer, sha256 = hashOf(bytes)): Promise<StoredBlob> {
  await blobStore()
    .put({ teamId, sha256 }, bytes)
    .catch((cause: unknown) => {
      if (!objectStore()) throw cause
      const detail = 'The image cannot be stored at this moment. Try again.'
      throw new AppError('unavailable', { detail, retryAfterS: 5, cause })
    })
  return { sha256, sizeBytes: bytes.length }
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Sees that a blob is there to its last byte. Throws `file_missing` otherwise, and tells the log and the health check:
 * a row whose bytes are gone is a disk, a mount or a backup to look after, never an empty answer.
 */
export async function requireBlob(blob: OwnedBlob): Promise<void> {
  if ((await remote()?.cached?.sizeHere(blob)) === blob.sizeBytes) return
  await requireStored(blob)
}

/** The same for the store itself, whatever copies there are. */
export async function requireStored(blob: OwnedBlob): Promise<void> {
  const sizeBytes = (await blobStore().stat(blob))?.sizeBytes
  if (sizeBytes !== blob.sizeBytes)
    throw blobMissing(blob, `${sizeBytes ?? 'no'} bytes instead of ${blob.sizeBytes}`)
}

/** A blob's bytes, whole. Throws `file_missing` as `requireBlob` does. */
export async function readBlob(blob: OwnedBlob): Promise<Buffer> {
  const bytes = await openBlob(blob)
    .then(buffer)
    .catch((cause: unknown) => {
      throw blobMissing(blob, cause)
    })
  if (bytes.length === blob.sizeBytes) return bytes
  throw blobMissing(blob, `${bytes.length} bytes instead of ${blob.sizeBytes}`)
}

/** A blob's bytes as they are read. Rejects as the store does; what is cut short ends early. */
export const openBlob = (blob: BlobName, range?: ByteRange): Promise<Readable> =>
  blobStore().open(blob, range)

/** The error for bytes that are not what their row says, after telling whoever looks after the server. */
export function blobMissing({ teamId, sha256, sizeBytes }: OwnedBlob, cause: unknown): AppError {
  log.error('storage.file_missing', { team: teamId, sha256, error: cause })
  missed().set(`${teamId}/${sha256}`, { blob: { teamId, sha256, sizeBytes }, at: Date.now() })
  return new AppError('file_missing', {
    detail: 'The file of this image cannot be read from where the server keeps it. Try again later.',
    retryAfterS: 30,
    cause,
  })
}

const missed = () => shared('storage.missed', () => new Map<string, { blob: OwnedBlob; at: number }>())

/** Whether bytes that were asked for within the last hour are still not there as they should be. */
export async function isFileMissing(): Promise<boolean> {
  for (const [name, { blob, at }] of missed()) {
    const isOver =
      Date.now() - at > MISSED_FOR_MS || (await blobStore().stat(blob))?.sizeBytes === blob.sizeBytes
    if (!isOver) return true
    missed().delete(name)
  }
  return false
}
