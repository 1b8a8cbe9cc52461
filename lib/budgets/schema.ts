import { z } from 'zod'
import { ROLES } from '@/lib/access/roles'
import { PERIODS, UNITS } from '@/lib/budgets/limits'

export const LAYERS = ['member', 'role', 'api-key', 'team'] as const
export const WINDOWS = [...PERIODS, 'at_once'] as const

export const ANSWERS = ['open', 'granted', 'raised', 'declined'] as const

const amount = z.number().min(0).max(1e9)
const id = z.uuid()
const time = z.iso.datetime()

/** Whose budget it is. A role's holds for each of its members who has none of their own. */
export const scopeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), id }),
  z.strictObject({ kind: z.literal('role'), id: z.enum(ROLES) }),
  z.strictObject({ kind: z.literal('api-key'), id }),
  z.strictObject({ kind: z.literal('team') }),
])

/** Makes a budget, or changes the limit of the one with the same scope, unit and window. */
export const budgetInput = z
  .strictObject({ scope: scopeInput, unit: z.enum(UNITS), window: z.enum(WINDOWS), limit: amount })
  .refine(({ unit, window }) => (unit === 'requests') === (window === 'at_once'), {
    path: ['window'],
    message: 'Requests are counted at once, images and credits by day, week or month.',
  })

/** A budget as it stands in its period now, for one member, key or team. */
export const standingResource = z.object({
  budgetId: id,
  layer: z.enum(LAYERS),
  unit: z.enum(UNITS),
  window: z.enum(WINDOWS),
  limit: z.number(),
  /** Granted on top, until it renews. */
  extra: z.number(),
  used: z.number(),
  held: z.number(),
  left: z.number(),
  /** Midnight in the team's time zone; null for requests at once. */
  resetsAt: time.nullable(),
  /** What became of the asker’s latest request for more in this period. */
  asked: z.enum(ANSWERS).nullable(),
})

/** What `budget_exceeded` says: the budget that does not cover it, and how much it would have taken. */
export const budgetRefusal = standingResource.extend({ needed: z.number() })

export const budgetResource = z.object({
  id,
  scope: z.object({ kind: z.enum(LAYERS), id: z.string(), name: z.string() }),
  unit: z.enum(UNITS),
  window: z.enum(WINDOWS),
  limit: z.number(),
  /** `used` and `held` of all whom it counts for together. */
  used: z.number(),
  held: z.number(),
  resetsAt: time.nullable(),
  /** How it stands for each whom it counts for: one for a member, key or team, and for a role everybody who used any of it. */
  standings: z.array(
    z.object({
      subject: z.object({ id, name: z.string() }),
      extra: z.number(),
      used: z.number(),
      held: z.number(),
      left: z.number(),
    }),
  ),
})

export const timeZoneInput = z.strictObject({ timeZone: z.string().min(1).max(64) })

export const requestInput = z.strictObject({ budgetId: id, note: z.string().trim().max(300).default('') })

export const requestResource = z.object({
  id,
  asker: z.object({ id, name: z.string() }),
  note: z.string(),
  answer: z.enum(ANSWERS),
  amount: z.number().nullable(),
  createdAt: time,
  decidedAt: time.nullable(),
  /** The budget as it stands now for whoever it counts for. */
  standing: standingResource,
  subject: z.string(),
})

/** Grants so much more in this period only, or raises the limit to so much, or neither. */
export const decisionInput = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('granted'), amount: amount.positive() }),
  z.strictObject({ answer: z.literal('raised'), amount: amount.positive() }),
  z.strictObject({ answer: z.literal('declined') }),
])

export type BudgetInput = z.infer<typeof budgetInput>
export type Budget = z.infer<typeof budgetResource>
export type Standing = z.infer<typeof standingResource>
export type Layer = (typeof LAYERS)[number]
export type BudgetRefusal = z.infer<typeof budgetRefusal>
export type BudgetRequest = z.infer<typeof requestResource>
export type Decision = z.infer<typeof decisionInput>
export const budgetListResource = z.object({ timeZone: z.string(), items: z.array(budgetResource) })
export type BudgetList = z.infer<typeof budgetListResource>
export const budgetRequestListResource = z.object({ items: z.array(requestResource) })
export type BudgetRequestList = z.infer<typeof budgetRequestListResource>
