import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { analyzeGrown } from '@/lib/platform/planner-statistics'
import { checkAlerts } from '@/lib/system/alerts'

const EVERY_MS = 60_000
/** A storm of answers is looked at once a second. */
const GATHER_MS = 1_000
/** In that time a table gains a few hundred rows at most. */
const ANALYZE_EVERY_MS = 5_000

/** Tells people what runs low, fails or expires, when balances change and every minute. Any number of processes may run it. */
export function startAlerts(): Background {
  return startLoop({
    name: 'alerts',
    waitMs: EVERY_MS,
    wakesOn: 'credits',
    work: async () => {
      await checkAlerts()
      await delay(GATHER_MS)
    },
  })
}

/** Keeps the planner's statistics of tables that grow fast up to date. Any number of processes may run it. */
export function startPlannerStatistics(): Background {
  return startLoop({ name: 'planner_statistics', waitMs: ANALYZE_EVERY_MS, work: analyzeGrown })
}
