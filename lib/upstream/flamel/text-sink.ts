import 'server-only'
import { Writable } from 'node:stream'
import { decodedText } from '@/lib/upstream/flamel/decode'
import type { Coding } from '@/lib/upstream/spool'

/** Collects the first `maxBytes` of a small answer; what comes after is let go. */
export class TextSink {
  readonly #chunks: Buffer[] = []
  readonly #maxBytes: number
  #room: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#room = maxBytes
  }

  body(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.#room > 0) this.#chunks.push(chunk.subarray(0, this.#room))
        this.#room -= chunk.length
        done()
      },
    })
  }

  /** What came, decoded; of compressed text no more than could have come uncompressed. */
  text(coding: Coding): Promise<string> {
    return decodedText(Buffer.concat(this.#chunks), coding, this.#maxBytes)
  }
}
