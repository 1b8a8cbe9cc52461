import 'server-only'
import type { OpenSession } from '@/lib/people/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectSession = { id: true, userAgent: true, createdAt: true, lastSeenAt: true } as const

type Row = Prisma.SessionGetPayload<{ select: typeof selectSession }>

/** `ownId` is the session that asks. */
export function toOpenSession({ id, userAgent, createdAt, lastSeenAt }: Row, ownId: string): OpenSession {
  return {
    id,
    userAgent,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isThisOne: id === ownId,
  }
}
