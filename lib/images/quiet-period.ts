import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { shared } from '@/lib/platform/shared'

/** An image comes, is stored and goes out within this time, on a processor that nobody else wants. */
const QUIET_MS = 200

const lastImage = () => shared('images.last', () => ({ atMs: -Infinity }))

/** An image has come from upstream, in this process. */
export function noteImageCame(): void {
  lastImage().atMs = performance.now()
}

/** Waits until no image has come for a moment, or until the deadline (as `performance.now()` tells the time). */
export async function waitForQuiet(deadlineMs: number): Promise<void> {
  for (;;) {
    const leftMs = Math.min(lastImage().atMs + QUIET_MS, deadlineMs) - performance.now()
    if (leftMs <= 0) return
    await delay(leftMs)
  }
}
