import { z } from 'zod'

const count = z.number()
const moment = z.iso.datetime()

/** What people are told of, by kind, with the values that its sentences take. */
export const notice = z.discriminatedUnion('kind', [
  /** So many percent of the credits are used. */
  z.object({
    kind: z.literal('pool_low'),
    ...{ percent: count, left: count, runsOutAt: moment.nullable(), renewsAt: moment.nullable() },
  }),
  /** The same of a budget; `name` of the person or key that it counts for. */
  z.object({
    kind: z.literal('budget_near'),
    layer: z.enum(['member', 'role', 'key', 'team']),
    unit: z.enum(['images', 'credits']),
    ...{ percent: count, name: z.string(), left: count, resetsAt: moment.nullable() },
  }),
  z.object({ kind: z.literal('key_failing'), code: z.string() }),
  /** No backup was made for two days; `lastAt` of the last good one. */
  z.object({ kind: z.literal('backup_late'), lastAt: moment.nullable() }),
  z.object({ kind: z.literal('api_key_expiring'), name: z.string(), expiresAt: moment }),
  z.object({ kind: z.literal('budget_asked'), name: z.string(), note: z.string() }),
  z.object({
    kind: z.literal('budget_answered'),
    answer: z.enum(['granted', 'raised', 'declined']),
    amount: count.nullable(),
    unit: z.enum(['images', 'credits', 'requests']),
  }),
])
export type Notice = z.infer<typeof notice>
export type NoticeKind = Notice['kind']
