import 'server-only'
import { refreshAccounts } from '@/lib/credits/account-facts'
import { startLoop, type Background } from '@/lib/platform/background-loop'

const EVERY_MS = 10 * 60_000

/** Asks upstream about every account that something is generated with, at the start and every ten minutes. */
export function startAccountRefresh(): Background {
  return startLoop({ name: 'credits', waitMs: EVERY_MS, work: refreshAccounts })
}
