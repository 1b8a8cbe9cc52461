import 'server-only'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { rollUpUsage } from '@/lib/usage/rollup'

const EVERY_MS = 60_000

/** Rolls up the days on which something was used, at the start and every minute. Any number of processes may run it. */
export function startUsage(): Background {
  return startLoop({
    name: 'usage',
    waitMs: EVERY_MS,
    work: async (signal) => {
      while (!signal.aborted && (await rollUpUsage())) continue
    },
  })
}
