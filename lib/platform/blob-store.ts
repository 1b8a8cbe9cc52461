import type { Readable } from 'node:stream'

/** Bytes have the name of their team and of what they are: `sha256` is hex. */
export type BlobName = { teamId: string; sha256: string }

/** Both ends included, in bytes. */
export type ByteRange = { start: number; end: number }

/**
 * Where bytes are kept under their names. What every store does the same way is told by its contract test
 * (blob-store.test.ts); what a missing or damaged blob means is said above it, in storage.ts.
 */
export type BlobStore = {
  /** Durable when it returns; whole or not at all. Bytes that are there already count as used now. */
  put(name: BlobName, bytes: Buffer): Promise<void>
  /** Null when there is nothing, or nothing that can be seen. */
  stat(name: BlobName): Promise<{ sizeBytes: number; usedAt: Date } | null>
  /** Rejects when there is nothing to be read. */
  open(name: BlobName, range?: ByteRange): Promise<Readable>
  /** Removes it unless it was used after `unlessUsedSince`: then it stays, and the answer is false. */
  remove(name: BlobName, unlessUsedSince: Date): Promise<boolean>
  /** Every name, in no order. */
  list(): AsyncIterable<BlobName>
  /** Bytes that surely still fit; 0 when nothing can be written. */
  room(): Promise<number>
  /** Clears what a crash left half done more than a day ago. Returns how much there was. */
  clearLeftovers(now?: number, signal?: AbortSignal): Promise<number>
}

/** Whether an error of `open` says that there is nothing; any other one says that it could not be read. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'ENOENT') || ('status' in error && error.status === 404)
}

/** Whether it is the object store as a whole that could not be asked, and not one blob that is missing or damaged. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && error.status !== 404
