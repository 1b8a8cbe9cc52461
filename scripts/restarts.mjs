// @ts-check
import { setTimeout as delay } from 'node:timers/promises'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
const WINDOW_MS = 120_000
const MOST = 8

/** How often one child ended by itself of late: how long to wait before its next start, and when to give up. */
export class Restarts {
  /** @type {number[]} */
  #ends = []

  /**
   * Notes an end and waits, a little longer with each. False: it ended so often that starting it again helps nobody.
   * @returns {Promise<boolean>}
   */
  async wait() {
    const now = performance.now()
    this.#ends = [...this.#ends.filter((at) => now - at < WINDOW_MS), now]
    if (this.#ends.length > MOST) return false
    await delay(Math.min(FIRST_WAIT_MS * 2 ** (this.#ends.length - 1), LONGEST_WAIT_MS))
    return true
  }
}
