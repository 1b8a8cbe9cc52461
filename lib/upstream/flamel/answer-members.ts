/** What we read ourselves: kept however much else an object holds. */
const KNOWN = new Set([
  ...['imageId', 'createdAt', 'generationStatus', 'generationError', 'resolution', 'mimeType'],
  ...['originalPrompt', 'super', 'main', 'variationId', 'groupId', 'blurReason'],
  ...['defaultCredit', 'dailyCredit', 'monthlyCredit'],
])

/** The longest text of one member that is kept; a longer string is cut, anything else is left out. */
const MEMBER_MAX_BYTES = 16 << 10
/** What all members of one object that we do not know ourselves may come to. */
const UNKNOWN_MAX_BYTES = 32 << 10
const KEY_MAX_BYTES = 256

/** Bytes of one JSON text as they come, up to a bound. */
export class Capture {
  readonly #bytes: Buffer
  #length = 0
  isOver = false

  constructor(maxBytes: number) {
    this.#bytes = Buffer.allocUnsafe(maxBytes)
  }

  static ofKey = () => new Capture(KEY_MAX_BYTES)
  static ofMember = () => new Capture(MEMBER_MAX_BYTES)

  get length(): number {
    return this.#length
  }

  reset(): void {
    this.#length = 0
    this.isOver = false
  }

  add(bytes: Buffer, from: number, to: number): void {
    if (this.isOver) return
    const end = Math.min(to, from + this.#bytes.length - this.#length)
    this.#length += bytes.copy(this.#bytes, this.#length, from, end)
    this.isOver = end < to
  }

  /** The value, or undefined where it is no JSON or more than a bounded piece of something else than a string. */
  value(): unknown {
    const text = this.#bytes.toString('utf8', 0, this.#length)
    if (!this.isOver) return parse(text)
    return text.startsWith('"') ? cutString(text) : undefined
  }
}

/** The members of one object of an answer, bounded. */
export class Members {
  readonly #values = new Map<string, unknown>()
  #room = UNKNOWN_MAX_BYTES

  /** The last of two members of one name counts, as with JSON.parse. */
  take(name: string, text: Capture): void {
    const isKnown = KNOWN.has(name)
    const sizeBytes = name.length + text.length + 8
    if (name === '__proto__' || (!isKnown && sizeBytes > this.#room)) return
    const value = text.value()
    if (value === undefined) return
    if (!isKnown) this.#room -= sizeBytes
    this.#values.set(name, value)
  }

  set(name: string, value: unknown): void {
    this.#values.set(name, value)
  }

  toObject(): Record<string, unknown> {
    return Object.fromEntries(this.#values)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What came of a string before its end; up to an escape that was cut. */
function cutString(text: string): string | undefined {
  for (let end = text.length; end > text.length - 12; end -= 1) {
    const value = parse(`${text.slice(0, end)}"`)
    if (typeof value === 'string') return value
  }
  return undefined
}
