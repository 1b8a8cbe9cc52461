/** One call as the sandbox saw it. The key is never in it. */
export type LedgerEntry = {
  number: number
  at: string
  method: string
  path: string
  platform?: string
  type?: string
  prompt?: string
  groupId?: string
  sample?: number
  /** `created`, `refused`, or the fault's name; null while the call is under way. */
  outcome: string | null
  status: number | null
  charged: number
  imageIds: number[]
}

const KEPT = 5_000

/** The calls received since this process started, so that a test can count them. */
export class Ledger {
  #entries: LedgerEntry[] = []
  #count = 0

  open(call: Pick<LedgerEntry, 'method' | 'path' | 'at' | 'platform' | 'type'>): LedgerEntry {
    this.#count += 1
    const entry = { number: this.#count, ...call, outcome: null, status: null, charged: 0, imageIds: [] }
    this.#entries.push(entry)
    if (this.#entries.length > KEPT) this.#entries.shift()
    return entry
  }

  entries(): readonly LedgerEntry[] {
    return this.#entries
  }

  forget(): void {
    this.#entries = []
  }
}
