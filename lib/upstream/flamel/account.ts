import 'server-only'
import { z } from 'zod'
import { ask, jsonReader } from '@/lib/upstream/flamel/ask'
import { cleanBalance, cleanCount, cleanMoment } from '@/lib/upstream/flamel/clean'
import type { AccountFacts } from '@/lib/upstream/image-service'
import type { AskOptions, Reply, Upstream } from '@/lib/upstream/outcome'

/** More calls at once than any plan allows. */
const SLOTS_MAX = 100

/** A number as published; a text of that length at most would do as well. */
const USER_ID_MAX = 64
const userId = z
  .union([z.number().int(), z.string().min(1).max(USER_ID_MAX)])
  .transform(String)
  .optional()
  .catch(undefined)

const credit = z.unknown().transform(cleanBalance)

/** Picked by name: the rest of the published answer (e-mail, card, customer data) is dropped here and goes nowhere. */
const me = z
  .object({
    userId,
    defaultCredit: credit.optional(),
    dailyCredit: credit.optional(),
    monthlyCredit: credit.optional(),
    nextPlanAt: z.unknown().transform(cleanMoment).optional(),
    Plan: z.object({ simultaneousLimit: z.unknown() }).partial().nullish().catch(undefined),
  })
  .transform(({ Plan, nextPlanAt, ...balances }) => ({
    ...balances,
    renewsAt: nextPlanAt,
    simultaneousLimit: cleanCount(Plan?.simultaneousLimit, SLOTS_MAX),
  }))

/** GET /api/users/me. */
export function getMe(upstream: Upstream, options: AskOptions = {}): Promise<Reply<AccountFacts>> {
  const reader = jsonReader((json) => me.safeParse(json).data ?? null)
  return ask(upstream, { method: 'GET', path: '/api/users/me', reader }, options)
}
