import { z } from 'zod'
import { standingResource } from '@/lib/budgets/schema'

const balance = z.number().nullable()

/** Flamel's three balances; null before the first answer. `seenAt` is when they were true. */
export const balancesResource = z.object({
  defaultCredit: balance,
  dailyCredit: balance,
  monthlyCredit: balance,
  seenAt: z.iso.datetime().nullable(),
})

/** The account as the shell shows it. `queue.mine` and `queue.all` count what is queued, sent or pending. */
export const creditsResource = balancesResource.extend({
  upstream: z.enum(['sandbox', 'flamel']),
  keyProblem: z.string().nullable(),
  /** When the plan begins anew, where upstream says it. */
  renewsAt: z.iso.datetime().nullable(),
  slots: z.object({ total: z.number().int(), inUse: z.number().int() }),
  queue: z.object({
    mine: z.number().int(),
    all: z.number().int(),
    mode: z.enum(['open', 'paused', 'draining']),
  }),
  /** The budgets of the Studio that what the asker generates counts in, nearest first. */
  budgets: z.array(standingResource),
  /** What the latest generation of each size cost, in credits of all kinds. Upstream publishes no price of an image. */
  prices: z.array(z.object({ sample: z.number().int(), credits: z.number() })),
})

export const spentResource = z.object({
  defaultCredit: z.number(),
  dailyCredit: z.number(),
  monthlyCredit: z.number(),
})

export type Credits = z.infer<typeof creditsResource>
