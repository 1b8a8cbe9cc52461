import 'server-only'
import { z } from 'zod'
import type { Node, Sandbox } from '@/lib/system/schema'

export type NodeRow = Omit<Node, 'seenAt' | 'startedAt'> & { seenAt: Date; startedAt: Date }

export function toNode(row: NodeRow): Node {
  return { ...row, seenAt: row.seenAt.toISOString(), startedAt: row.startedAt.toISOString() }
}

/** What the sandbox says of itself. */
export const sandboxState = z.object({
  credits: z.object({ dailyCredit: z.number() }),
  switches: z.object({
    directives: z.record(z.string(), z.string()),
    latencyMs: z.tuple([z.number(), z.number()]).nullable(),
  }),
  slots: z.object({ limit: z.number() }),
  provocations: z.object({ refusals: z.array(z.string()), faults: z.array(z.string()) }),
})

export function toSandbox({
  credits,
  switches,
  slots,
  provocations,
}: z.output<typeof sandboxState>): Sandbox {
  return {
    provoked: Object.keys(switches.directives)[0] ?? null,
    slots: slots.limit,
    latencyS: switches.latencyMs ? switches.latencyMs[0] / 1000 : null,
    dailyCredit: credits.dailyCredit,
    ...provocations,
  }
}
