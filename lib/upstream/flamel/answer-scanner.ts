import 'server-only'
import { IMAGES_MAX, type DecodedImage } from '@/lib/upstream/answer'
import { Capture, Members } from '@/lib/upstream/flamel/answer-members'
import {
  closingQuote,
  heldTail,
  unescape,
  isByteOrderMark,
  isSpace,
  isStructure,
} from '@/lib/upstream/flamel/json-strings'
import { ImageDecoder } from '@/lib/upstream/flamel/image-decoder'

/** Where images stand: in `images` of the object at this path of names, or the document is one image itself. */
export type ImagesAt = readonly string[] | 'root'

/** One image's object as it ends: its members without `base64`, and the decoded image. */
export type ScannedImage = { members: Json; hadBase64: boolean; decoded: DecodedImage | null }
type Json = Record<string, unknown>

type Frame = {
  isArray: boolean
  key: string | null
  expectsKey: boolean
  role: 'document' | 'images' | 'image' | 'info' | 'other'
  members: Members | null
}

/** Levels in which images are looked for. */
const FRAMES_MAX = 6
/** Levels that are kept of a member that we do not know; a deeper one is left out. */
const DEPTH_MAX = 64
/** Strings longer than about 100 KB cost V8 several times more per byte. */
const PIECE_BYTES = 64 << 10
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Reads the bytes of an answer in pieces of any length, in one pass and with bounded memory: images are decoded on the way,
 * a bounded part of the other members is kept, what nobody knows is skipped however deep or long it is.
 */
export class AnswerScanner {
  /** How many entries `images` had. */
  entries = 0
  /** Where else an `images` stands, for an answer that has none where it belongs. */
  elsewhere: string[] | null = null
  readonly #at: ImagesAt
  readonly #document = new Members()
  readonly #frames: Frame[] = []
  readonly #key = Capture.ofKey()
  readonly #member = Capture.ofMember()
  #isCaptured = false
  #deeper = 0
  #state: 'start' | 'between' | 'key' | 'string' | 'base64' | 'ended' | 'broken' = 'start'
  #escaped = false
  #held: Buffer | null = null
  #decoder: ImageDecoder | null = null
  #decoded: DecodedImage | null = null
  #hadBase64 = false
  #hasImages = false
  #isOdd = false

  constructor(imagesAt: ImagesAt) {
    this.#at = imagesAt
  }

  /** The images whose objects ended inside this piece. The piece may be reused afterwards. */
  push(piece: Buffer): ScannedImage[] {
    const bytes = this.#held ? Buffer.concat([this.#held, piece]) : piece
    this.#held = null
    const ended: ScannedImage[] = []
    let at = 0
    while (at < bytes.length && !this.isOver) {
      if (this.#state === 'base64') at = this.#readBase64(bytes, at)
      else if (this.#state === 'string' || this.#state === 'key') at = this.#readString(bytes, at)
      else at = this.#readBetween(bytes, at, ended)
    }
    return ended
  }

  /** Nothing that may still come matters: the document ended, or is none. */
  get isOver(): boolean {
    return this.#state === 'ended' || this.#state === 'broken'
  }

  /** The document came to its end, and its `images` is a list of objects. What follows the document does not matter. */
  get isWhole(): boolean {
    return this.#state === 'ended' && this.#hasImages && !this.#isOdd
  }

  /** What stands beside the images. */
  document(): Record<string, unknown> {
    return this.#document.toObject()
  }

  /** An entry whose image came whole but which was cut before it ended. */
  salvage(): ScannedImage | null {
    const image = this.#frames.find(({ role }) => role === 'image')
    if (!image?.members || !this.#decoded) return null
    const info = this.#frames.find(({ role }) => role === 'info')
    if (info?.members) image.members.set('GenerationInfo', info.members.toObject())
    return { members: image.members.toObject(), hadBase64: true, decoded: this.#decoded }
  }

  #readBetween(bytes: Buffer, start: number, ended: ScannedImage[]): number {
    let at = start
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === QUOTE || isStructure(byte)) break
      if (isSpace(byte) && this.#member.length === 0) continue
      if (!isSpace(byte)) this.#noticeBare(byte)
      this.#copy(bytes, at, at + 1)
    }
    if (at === bytes.length) return at
    if (bytes[at] === QUOTE) this.#beginString(bytes, at)
    else this.#step(bytes, at, ended)
    return at + 1
  }

  /** A character of a number, a name or nothing JSON knows. */
  #noticeBare(byte: number): void {
    if (this.#state === 'start' && !isByteOrderMark(byte)) this.#state = 'broken'
    if (this.#deeper === 0 && this.#frames.at(-1)?.role === 'images') this.#isOdd = true
  }

  #beginString(bytes: Buffer, at: number): void {
    const frame = this.#frames.at(-1)
    this.#escaped = false
    if (!frame) this.#state = 'broken'
    else if (this.#deeper === 0 && frame.expectsKey) {
      this.#state = 'key'
      this.#key.reset()
      this.#key.add(bytes, at, at + 1)
    } else if (this.#deeper === 0 && frame.role === 'image' && frame.key === 'base64') {
      this.#state = 'base64'
      this.#isCaptured = false
      this.#hadBase64 = true
      this.#decoder = new ImageDecoder()
    } else {
      this.#state = 'string'
      if (this.#deeper === 0 && frame.role === 'images') this.#isOdd = true
    }
    this.#copy(bytes, at, at + 1)
  }

  #readString(bytes: Buffer, start: number): number {
    let isEnd = false
    let at = start
    for (; at < bytes.length && !isEnd; at += 1) {
      const byte = bytes[at]
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else isEnd = byte === QUOTE
    }
    this.#copy(bytes, start, at)
    if (this.#state === 'key') this.#key.add(bytes, start, at)
    if (isEnd) this.#endString()
    return at
  }

  #endString(): void {
    const frame = this.#frames.at(-1)
    if (this.#state === 'key' && frame) {
      const key = this.#key.value()
      frame.key = typeof key === 'string' ? key : null
    }
    this.#state = 'between'
  }

  #readBase64(bytes: Buffer, start: number): number {
    const quote = closingQuote(bytes, start)
    const end = quote < 0 ? bytes.length - heldTail(bytes, start) : quote
    this.#decode(bytes.subarray(start, end))
    if (quote < 0) {
      if (end < bytes.length) this.#held = Buffer.from(bytes.subarray(end))
      return bytes.length
    }
    this.#decoded = this.#decoder?.end() ?? this.#decoded
    this.#decoder = null
    this.#state = 'between'
    return quote + 1
  }

  #decode(text: Buffer): void {
    if (text.includes(BACKSLASH)) return this.#decoder?.push(unescape(text.toString('latin1')))
    for (let at = 0; at < text.length; at += PIECE_BYTES)
      this.#decoder?.push(text.toString('latin1', at, Math.min(at + PIECE_BYTES, text.length)))
  }

  #step(bytes: Buffer, at: number, ended: ScannedImage[]): void {
    const byte = bytes[at]
    const frame = this.#frames.at(-1)
    const isOurs = this.#deeper === 0 && frame?.members
    if (byte === 0x7b || byte === 0x5b) this.#open(byte === 0x5b, frame)
    else if (!frame) this.#state = 'broken'
    else if (byte === 0x7d || byte === 0x5d) {
      if (this.#deeper > 0) this.#deeper -= 1
      else return this.#close(byte === 0x5d, ended, { bytes, at })
    } else if (byte === 0x2c) {
      if (isOurs) this.#endMember(frame)
      if (this.#deeper === 0) frame.expectsKey = !frame.isArray
    } else {
      if (this.#deeper === 0) frame.expectsKey = false
      if (isOurs) {
        this.#member.reset()
        this.#isCaptured = true
        return
      }
    }
    this.#copy(bytes, at, at + 1)
  }

  #open(isArray: boolean, parent: Frame | undefined): void {
    this.#state = this.#canOpen(isArray, parent) ? 'between' : 'broken'
    if (this.isOver) return
    const role = this.#deeper > 0 ? null : this.#roleOf(isArray, parent)
    if (role === null) {
      this.#deeper += 1
      if (this.#deeper > DEPTH_MAX) this.#member.isOver = true
      return
    }
    const members = role === 'document' ? this.#document : null
    const isNew = role === 'image' || role === 'info'
    if (role !== 'other') this.#isCaptured = false
    this.#frames.push({
      ...{ isArray, role, key: null, expectsKey: !isArray },
      members: isNew ? new Members() : members,
    })
    if (role === 'images') this.#hasImages = true
    if (role !== 'image') return
    this.#decoded = null
    this.#hadBase64 = false
  }

  #canOpen(isArray: boolean, parent: Frame | undefined): boolean {
    if (this.#state === 'start') return !isArray
    return parent !== undefined && (this.#deeper > 0 || !parent.expectsKey)
  }

  /** Null where no name below matters: there, brackets are only counted. */
  #roleOf(isArray: boolean, parent: Frame | undefined): Frame['role'] | null {
    if (!parent) return this.#at === 'root' ? 'image' : 'document'
    if (parent.role === 'image') return parent.key === 'GenerationInfo' && !isArray ? 'info' : null
    if (parent.role === 'images') return this.#roleOfEntry(isArray)
    if (this.#at === 'root' || parent.role === 'info' || parent.isArray) return null
    return this.#roleOfMember(isArray, parent)
  }

  #roleOfEntry(isArray: boolean): Frame['role'] | null {
    this.entries += 1
    if (isArray) this.#isOdd = true
    return !isArray && this.entries <= IMAGES_MAX ? 'image' : null
  }

  /** On the way from the document to its images. */
  #roleOfMember(isArray: boolean, parent: Frame): Frame['role'] | null {
    const depth = this.#frames.length
    if (isArray && parent.key === 'images') {
      if (parent.role === 'document' && depth === this.#at.length + 1) return 'images'
      this.elsewhere ??= this.#frames.slice(0, -1).map(({ key }) => key ?? '')
    }
    const isOnPath = parent.role === 'document' && !isArray && parent.key === this.#at[depth - 1]
    if (isOnPath) return 'document'
    return isArray || depth === FRAMES_MAX ? null : 'other'
  }

  #close(isArray: boolean, ended: ScannedImage[], { bytes, at }: { bytes: Buffer; at: number }): void {
    const frame = this.#frames.at(-1)
    if (!frame || frame.isArray !== isArray) {
      this.#state = 'broken'
      return
    }
    if (frame.members) this.#endMember(frame)
    this.#frames.pop()
    if (frame.role === 'info')
      this.#frames.at(-1)?.members?.set('GenerationInfo', frame.members?.toObject() ?? null)
    if (frame.role === 'image' && frame.members) {
      const [hadBase64, decoded] = [this.#hadBase64, this.#decoded]
      ended.push({ members: frame.members.toObject(), hadBase64, decoded })
      this.#decoded = null
    }
    if (frame.role === 'other') this.#copy(bytes, at, at + 1)
    if (this.#frames.length === 0) this.#state = 'ended'
  }

  #endMember(frame: Frame): void {
    if (this.#isCaptured && frame.key !== null && !(frame.role === 'image' && frame.key === 'base64'))
      frame.members?.take(frame.key, this.#member)
    this.#isCaptured = false
    frame.key = null
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    if (this.#isCaptured) this.#member.add(bytes, from, to)
  }
}
