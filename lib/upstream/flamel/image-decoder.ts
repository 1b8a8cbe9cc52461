import 'server-only'
import { createHash } from 'node:crypto'
import type { DecodedImage } from '@/lib/upstream/answer'

/** More than any image that Flamel makes; what is longer is not kept as one. */
const IMAGE_MAX_BYTES = 32 << 20
const DATA_URL_PREFIX_MAX = 200
const ROOM_MIN_BYTES = 64 << 10
const ROOM_MAX_BYTES = 4 << 20
/** How large the last image was: the next one is about as large, and what finds too little room is copied as it grows. */
let lastBytes = 0

/** Base64 in pieces of any length to bytes and their SHA-256; a `data:` prefix and white space are let pass. */
export class ImageDecoder {
  #bytes = Buffer.allocUnsafeSlow(Math.min(Math.max(lastBytes * 1.25, ROOM_MIN_BYTES), ROOM_MAX_BYTES))
  #length = 0
  #start = ''
  #started = false
  #carry = ''
  #padded = false
  #wrong = false
  readonly #hash = createHash('sha256')

  push(text: string): void {
    if (this.#wrong) return
    if (this.#started) return this.#decode(text)
    this.#start = (this.#start + text).trimStart()
    if (this.#start.length < 'data:'.length) return
    if (!/^data:/i.test(this.#start)) return this.#begin(this.#start)
    const comma = this.#start.indexOf(',')
    if (comma >= 0) this.#begin(this.#start.slice(comma + 1))
    else if (this.#start.length > DATA_URL_PREFIX_MAX) this.#wrong = true
  }

  /** The image, or null when there was none, it was not base64, or it was too large to be one. */
  end(): DecodedImage | null {
    if (!this.#started) this.#begin(this.#start)
    if (this.#carry.length === 1) this.#wrong = true
    if (this.#carry.length > 1) this.#take(this.#carry, this.#carry.length - 1)
    if (this.#wrong || this.#length === 0) return null
    lastBytes = this.#length
    return { bytes: this.#bytes.subarray(0, this.#length), sha256: this.#hash.digest('hex') }
  }

  #begin(text: string): void {
    this.#started = true
    this.#start = ''
    this.#decode(text)
  }

  #decode(piece: string): void {
    const text = this.#carry + (hasSpace(piece) ? piece.replace(/\s+/g, '') : piece)
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
    if (this.#length + text.length > IMAGE_MAX_BYTES) this.#wrong = true
    if (this.#wrong) return
    this.#makeRoom(this.#length + expectedBytes)
    const written = this.#bytes.write(text, this.#length, 'base64')
    if (this.#padded || written !== expectedBytes) this.#wrong = true
    this.#hash.update(this.#bytes.subarray(this.#length, this.#length + written))
    this.#length += written
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function hasSpace(text: string): boolean {
  return text.includes('\n') || text.includes('\r') || text.includes(' ') || text.includes('\t')
}
