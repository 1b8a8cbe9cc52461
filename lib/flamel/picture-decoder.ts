import { createHash } from 'node:crypto'

export type Picture = { bytes: Buffer; sha256: string }

const DATA_URL_PREFIX_MAX = 200

/** Base64 in pieces of any length to bytes and their SHA-256; a `data:` prefix and white space are let pass. */
export class PictureDecoder {
  readonly #hash = createHash('sha256')
  readonly #pieces: Buffer[] = []
  #start = ''
  #started = false
  #carry = ''
  #padded = false
  #wrong = false

  push(text: string): void {
    if (this.#started) return this.#decode(text)
    this.#start += text
    if (this.#start.length < 'data:'.length) return
    if (!this.#start.startsWith('data:')) return this.#begin(this.#start)
    const comma = this.#start.indexOf(',')
    if (comma >= 0) this.#begin(this.#start.slice(comma + 1))
    else if (this.#start.length > DATA_URL_PREFIX_MAX) this.#wrong = true
  }

  /** The picture, or null when there was none or it was not base64. */
  end(): Picture | null {
    if (!this.#started) this.#begin(this.#start)
    if (this.#carry.length === 1) this.#wrong = true
    if (this.#carry.length > 1) this.#take(this.#carry, this.#carry.length - 1)
    const bytes = Buffer.concat(this.#pieces)
    return this.#wrong || bytes.length === 0 ? null : { bytes, sha256: this.#hash.digest('hex') }
  }

  #begin(text: string): void {
    this.#started = true
    this.#decode(text)
  }

  #decode(piece: string): void {
    const text =
      this.#carry + (/\s/.test(piece.slice(0, 200)) || piece.includes(' ') ? withoutSpace(piece) : piece)
    const usable = text.length - (text.length % 4)
    this.#carry = text.slice(usable)
    if (usable === 0) return
    const whole = usable === text.length ? text : text.slice(0, usable)
    const padding = whole.endsWith('==') ? 2 : whole.endsWith('=') ? 1 : 0
    this.#take(whole, (usable / 4) * 3 - padding)
    this.#padded = padding > 0
  }

  /** Node's decoder skips what is not base64, so the length tells whether anything was. */
  #take(text: string, expectedBytes: number): void {
    const bytes = Buffer.from(text, 'base64')
    if (this.#padded || bytes.length !== expectedBytes) this.#wrong = true
    if (this.#wrong) return
    this.#hash.update(bytes)
    this.#pieces.push(bytes)
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}
