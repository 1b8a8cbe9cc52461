import { Writable } from 'node:stream'

/** Collects the first `maxBytes` of a small answer; what comes after is let go. */
export class TextSink {
  readonly #chunks: Buffer[] = []
  #room: number

  constructor(maxBytes: number) {
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

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }
}
