import 'server-only'
import type { FileHandle } from 'node:fs/promises'
import { WakeUp } from '@/lib/platform/wake-up'

/** What may wait in memory for all readers of the process; more is read back from the file. */
const AHEAD_MAX_BYTES = 8 << 20
let aheadBytes = 0
const CHUNK_BYTES = 128 << 10
/** The reader looks by itself so often. */
const LOOK_MS = 1_000

/** The next bytes of a file, at most `maxBytes` of them; none at its end. */
export async function readPiece(file: FileHandle, position: number, maxBytes = CHUNK_BYTES): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes))
  const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
  return chunk.subarray(0, bytesRead)
}

/**
 * Hands bytes that are on their way into a file to one reader: from memory while it keeps pace, else back from the file,
 * so that a slow one neither keeps anybody waiting nor takes more memory.
 */
export class Follower {
  readonly #ahead: Buffer[] = []
  #isBehind = false
  #givenBytes = 0
  #writtenBytes = 0
  #isEnded = false
  readonly #grown = new WakeUp()

  /** These bytes are being written next. */
  give(chunk: Buffer): void {
    this.#givenBytes += chunk.length
    if (aheadBytes + chunk.length > AHEAD_MAX_BYTES) this.#isBehind = true
    if (this.#isBehind) return
    this.#ahead.push(chunk)
    aheadBytes += chunk.length
    this.#grown.signal()
  }

  /** So many more of them are in the file. */
  wrote(sizeBytes: number): void {
    this.#writtenBytes += sizeBytes
    if (this.#isBehind) this.#grown.signal()
  }

  /** Nothing more comes. */
  end(): void {
    this.#isEnded = true
    this.#grown.signal()
  }

  /** Everything, in order; what could not be written ends it. `open` opens the file, whose first byte is at `start`. */
  async *read(open: () => Promise<FileHandle>, start: number): AsyncGenerator<Buffer> {
    let file: FileHandle | undefined
    try {
      for (let readBytes = 0; ;) {
        const next = this.#ahead.shift()
        if (next) {
          aheadBytes -= next.length
          readBytes += next.length
          yield next
        } else if (readBytes < this.#writtenBytes) {
          file ??= await open()
          const piece = await readPiece(file, start + readBytes, this.#writtenBytes - readBytes)
          if (piece.length === 0) return
          readBytes += piece.length
          yield piece
        } else if (this.#isEnded) return
        else if (this.#isBehind && readBytes === this.#givenBytes) this.#isBehind = false
        else await this.#grown.wait(LOOK_MS)
      }
    } finally {
      this.#isBehind = true // for good: nobody reads on
      for (const chunk of this.#ahead.splice(0)) aheadBytes -= chunk.length
      await file?.close()
    }
  }
}
