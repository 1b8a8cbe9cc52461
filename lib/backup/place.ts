import 'server-only'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { BlobStore } from '@/lib/platform/blob-store'

export type Written = { sizeBytes: number; sha256: string }

/**
 * Where backups lie: parts under keys such as `backups/<name>/manifest.json`, and the files of all of them. What every
 * place does the same way is told by its contract test (place.test.ts).
 */
export type Place = {
  /** How people call it. */
  address: string
  /** Throws one sentence when it cannot be used so. */
  demand(use: 'read' | 'write'): Promise<void>
  /** Durable when it returns; whole or not at all. */
  put(key: string, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Written>
  /** Rejects when there is nothing to be read. */
  open(key: string): Promise<Readable>
  /** The keys that begin with a folder's, in no order. */
  list(folder: string): AsyncIterable<string>
  /** What is not there is removed, too. */
  remove(key: string): Promise<void>
  blobs: BlobStore
  close(): void
}

/** Lets pieces pass and knows afterwards what they were. */
export function measure() {
  const hash = createHash('sha256')
  let sizeBytes = 0
  return {
    async *pass(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        hash.update(piece)
        sizeBytes += piece.length
        yield piece
      }
    },
    written: (): Written => ({ sizeBytes, sha256: hash.digest('hex') }),
  }
}
