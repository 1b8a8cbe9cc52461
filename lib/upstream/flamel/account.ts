import 'server-only'
import { z } from 'zod'
import { ask, jsonReader } from '@/lib/upstream/flamel/ask'
import { cleanBalance, cleanCount, cleanText } from '@/lib/upstream/flamel/clean'
import type { AccountFacts } from '@/lib/upstream/image-service'
import type { AskOptions, Reply, Upstream } from '@/lib/upstream/outcome'

/** More calls at once than any plan allows. */
const SLOTS_MAX = 100

const credit = z.unknown().transform(cleanBalance)

/** Picked by name: the rest of the published answer (e-mail, card, customer data) is dropped here and goes nowhere. */
const me = z
  .object({
    defaultCredit: credit.optional(),
    dailyCredit: credit.optional(),
    monthlyCredit: credit.optional(),
    Plan: z
      .object({ simultaneousLimit: z.unknown(), grade: z.unknown() })
      .partial()
      .nullish()
      .catch(undefined),
  })
  .transform(({ Plan, ...balances }) => ({
    ...balances,
    simultaneousLimit: cleanCount(Plan?.simultaneousLimit, SLOTS_MAX),
    planGrade: cleanText(Plan?.grade, 100),
  }))

/** GET /api/users/me. */
export function getMe(upstream: Upstream, options: AskOptions = {}): Promise<Reply<AccountFacts>> {
  const reader = jsonReader((json) => me.safeParse(json).data ?? null)
  return ask(upstream, { method: 'GET', path: '/api/users/me', reader }, options)
}
