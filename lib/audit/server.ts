import 'server-only'
import type { Tx } from '@/lib/db'
import type { Prisma } from '@/prisma/generated/client'

type Entry = {
  teamId: string | null
  actorId: string | null
  /** What was done, as `noun.verb`: `member.removed`. */
  act: string
  /** The id of what it was done to. */
  subject: string
  detail?: Prisma.InputJsonObject
}

/** Writes down an act on people, keys, links or the team inside the act's own transaction: both happen or neither. */
export async function audit(tx: Tx, { detail = {}, ...entry }: Entry): Promise<void> {
  await tx.auditEntry.create({ data: { ...entry, detail } })
}
