import { createHash } from 'node:crypto'

export type Picture = { bytes: Buffer; sha256: string }

const DATA_URL_PREFIX_MAX = 200
const FIRST_ROOM_BYTES = 256 << 10

/** Base64 in pieces of any length to bytes and their SHA-256; a `data:` prefix and white space are let pass. */
export class PictureDecoder {
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM_BYTES)
  #length = 0
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
    if (this.#wrong || this.#length === 0) return null
    const bytes = this.#bytes.subarray(0, this.#length)
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
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
    if (this.#wrong) return
    this.#makeRoom(this.#length + text.length)
    const written = this.#bytes.write(text, this.#length, 'base64')
    if (this.#padded || written !== expectedBytes) this.#wrong = true
    this.#length += written
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}
