import { PictureDecoder, type Picture } from '@/lib/flamel/picture-decoder'

/** Where pictures stand: in the entries of the document's `images`, or the document is one picture itself. */
export type PicturesAt = 'images' | 'root'

/** One picture's object as it ends: its JSON text with `base64` emptied, and the decoded picture. */
export type ScannedImage = { json: string; hadBase64: boolean; picture: Picture | null }

type Frame = { isArray: boolean; key: string | null; expectsKey: boolean }

const DEPTH_MAX = 256
/** Strings longer than about 100 KB cost V8 several times more per byte. */
const PIECE_BYTES = 64 << 10
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Reads the bytes of a create answer in chunks of any length. Pictures are decoded on the way; everything else is
 * copied to `rest`, a JSON text of a few kilobytes with each `base64` emptied, which JSON.parse then judges.
 */
export class AnswerScanner {
  readonly #picturesAt: PicturesAt
  #rest = Buffer.allocUnsafe(16 << 10)
  #restLength = 0
  #frames: Frame[] = []
  #state: 'between' | 'string' | 'key' | 'base64' = 'between'
  #escaped = false
  #stringStart = 0
  #held: Buffer | null = null
  #imageStart = -1
  #lastComma = -1
  #decoder: PictureDecoder | null = null
  #picture: Picture | null = null
  #hadBase64 = false
  #broken = false

  constructor(picturesAt: PicturesAt) {
    this.#picturesAt = picturesAt
  }

  /** The pictures whose objects ended inside this chunk. The chunk may be reused afterwards. */
  push(chunk: Buffer): ScannedImage[] {
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk
    this.#held = null
    const ended: ScannedImage[] = []
    let at = 0
    while (at < bytes.length && !this.#broken) {
      if (this.#state === 'base64') at = this.#readBase64(bytes, at)
      else if (this.#state === 'between') at = this.#readBetween(bytes, at, ended)
      else at = this.#readString(bytes, at)
    }
    return ended
  }

  /** Everything but the pictures, as text. */
  rest(): string {
    return this.#rest.toString('utf8', 0, this.#restLength)
  }

  /** An entry whose picture came whole but which was cut before it ended. */
  salvage(): ScannedImage | null {
    if (this.#imageStart < 0 || !this.#picture) return null
    const cut = this.#rest.toString('utf8', this.#imageStart, this.#restLength)
    const members = this.#lastComma < 0 ? '{' : this.#rest.toString('utf8', this.#imageStart, this.#lastComma)
    const json = [`${cut}}`, `${members}}`].find(isJson) ?? '{}'
    return { json, hadBase64: true, picture: this.#picture }
  }

  #readBetween(bytes: Buffer, start: number, ended: ScannedImage[]): number {
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE) {
        this.#copy(bytes, start, at + 1)
        this.#beginString()
        return at + 1
      }
      if (byte === undefined || !isStructure(byte)) continue
      this.#copy(bytes, start, at + 1)
      this.#step(byte, ended)
      return at + 1
    }
    this.#copy(bytes, start, bytes.length)
    return bytes.length
  }

  #beginString(): void {
    const frame = this.#frames.at(-1)
    this.#escaped = false
    if (frame?.expectsKey) {
      this.#state = 'key'
      this.#stringStart = this.#restLength
    } else if (frame?.key === 'base64' && this.#isImage()) {
      this.#state = 'base64'
      this.#hadBase64 = true
      this.#picture = null
      this.#decoder = new PictureDecoder()
    } else this.#state = 'string'
  }

  #readString(bytes: Buffer, start: number): number {
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else if (byte === QUOTE) {
        this.#copy(bytes, start, at + 1)
        this.#endString()
        return at + 1
      }
    }
    this.#copy(bytes, start, bytes.length)
    return bytes.length
  }

  #endString(): void {
    const frame = this.#frames.at(-1)
    if (this.#state === 'key' && frame)
      frame.key = unescape(this.#rest.toString('utf8', this.#stringStart, this.#restLength - 1))
    this.#state = 'between'
  }

  #readBase64(bytes: Buffer, start: number): number {
    const quote = closingQuote(bytes, start)
    const end = quote < 0 ? bytes.length - heldTail(bytes, start) : quote
    this.#decode(bytes.subarray(start, end))
    if (quote < 0) {
      this.#held = Buffer.from(bytes.subarray(end))
      return bytes.length
    }
    this.#picture = this.#decoder?.end() ?? null
    this.#decoder = null
    this.#copy(bytes, quote, quote + 1)
    this.#state = 'between'
    return quote + 1
  }

  #decode(text: Buffer): void {
    if (text.includes(BACKSLASH)) return this.#decoder?.push(unescape(text.toString('latin1')))
    for (let at = 0; at < text.length; at += PIECE_BYTES)
      this.#decoder?.push(text.toString('latin1', at, Math.min(at + PIECE_BYTES, text.length)))
  }

  #step(byte: number, ended: ScannedImage[]): void {
    const frame = this.#frames.at(-1)
    switch (byte) {
      case 0x7b: // {
      case 0x5b: // [
        this.#open(byte === 0x5b)
        break
      case 0x7d: // }
      case 0x5d: // ]
        if (!frame || frame.isArray !== (byte === 0x5d)) this.#broken = true
        else this.#close(ended)
        break
      case 0x2c: // ,
        if (frame && !frame.isArray) frame.expectsKey = true
        if (this.#isImage()) this.#lastComma = this.#restLength - 1
        break
      default: // :
        if (frame) frame.expectsKey = false
    }
  }

  #open(isArray: boolean): void {
    this.#frames.push({ isArray, key: null, expectsKey: !isArray })
    if (this.#frames.length > DEPTH_MAX) this.#broken = true
    if (!this.#isImage()) return
    this.#imageStart = this.#restLength - 1
    this.#lastComma = -1
    this.#picture = null
    this.#hadBase64 = false
  }

  #close(ended: ScannedImage[]): void {
    if (this.#isImage()) {
      const json = this.#rest.toString('utf8', this.#imageStart, this.#restLength)
      if (isJson(json)) ended.push({ json, hadBase64: this.#hadBase64, picture: this.#picture })
      this.#imageStart = -1
      this.#picture = null
    }
    this.#frames.pop()
  }

  /** Whether the innermost open object is where a picture stands. */
  #isImage(): boolean {
    const [root, list, entry] = this.#frames
    if (!root || root.isArray) return false
    if (this.#picturesAt === 'root') return !list
    return this.#frames.length === 3 && root.key === 'images' && list?.isArray === true && !entry?.isArray
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    const needed = this.#restLength + to - from
    if (needed > this.#rest.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#rest.length * 2))
      this.#rest.copy(larger, 0, 0, this.#restLength)
      this.#rest = larger
    }
    bytes.copy(this.#rest, this.#restLength, from, to)
    this.#restLength = needed
  }
}

function isStructure(byte: number): boolean {
  return byte === 0x2c || byte === 0x3a || byte === 0x7b || byte === 0x7d || byte === 0x5b || byte === 0x5d
}

/** The quote that ends the string, or -1: one with an even number of backslashes before it. */
function closingQuote(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start); at >= 0; at = bytes.indexOf(QUOTE, at + 1))
    if (backslashesBefore(bytes, start, at) % 2 === 0) return at
  return -1
}

function backslashesBefore(bytes: Buffer, start: number, end: number): number {
  let count = 0
  while (end - count > start && bytes[end - count - 1] === BACKSLASH) count += 1
  return count
}

/** How many bytes at the end may be an escape (`\/`, `\u002b`) that the next chunk completes. */
function heldTail(bytes: Buffer, start: number): number {
  const last = bytes.lastIndexOf(BACKSLASH)
  if (last < start || bytes.length - last >= 6) return 0
  const opens = backslashesBefore(bytes, start, last + 1) % 2 === 1
  if (!opens) return 0
  const complete = bytes.length - last >= 2 && bytes[last + 1] !== 0x75
  return complete ? 0 : bytes.length - last
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text
  const plain = text.replaceAll('\\/', '/')
  if (!plain.includes('\\')) return plain
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
