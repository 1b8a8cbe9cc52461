import 'server-only'
import { setImmediate } from 'node:timers/promises'

/**
 * What long work awaits between its pieces: as soon as it has kept the event loop for `holdMs`, everybody else has a
 * turn.
 */
export function takeTurns(holdMs = 8): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < holdMs) return
    await setImmediate()
    since = performance.now()
  }
}
