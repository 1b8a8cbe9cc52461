import { z } from 'zod'
import { ask, jsonReader, type AskOptions, type Reply } from '@/lib/flamel/ask'
import type { Upstream } from '@/lib/flamel/client'

const credit = z.number().optional().catch(undefined)

/** Picked by name: the rest of the published answer (e-mail, card, customer data) is dropped here and goes nowhere. */
const me = z
  .object({
    defaultCredit: credit,
    dailyCredit: credit,
    monthlyCredit: credit,
    Plan: z
      .object({
        simultaneousLimit: z.int().min(1).optional().catch(undefined),
        grade: z.string().max(100).optional().catch(undefined),
      })
      .nullish()
      .catch(undefined),
  })
  .transform(({ Plan, ...balances }) => ({
    ...balances,
    simultaneousLimit: Plan?.simultaneousLimit,
    planGrade: Plan?.grade,
  }))

/** The account behind the key; a member that upstream did not send is undefined. */
export type Me = z.output<typeof me>

/** GET /api/users/me. */
export function getMe(upstream: Upstream, options: AskOptions = {}): Promise<Reply<Me>> {
  const reader = jsonReader((json) => me.safeParse(json).data ?? null)
  return ask(upstream, { method: 'GET', path: '/api/users/me', reader }, options)
}
