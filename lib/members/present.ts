import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'
import type { Role } from '@/lib/access/roles'
import type { Member } from '@/lib/members/schema'

export const selectMember = {
  role: true,
  createdAt: true,
  disabledAt: true,
  user: {
    select: {
      id: true,
      name: true,
      email: true,
      sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
      totpFactor: { select: { userId: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  },
} as const

type Row = {
  role: Role
  createdAt: Date
  disabledAt: Date | null
  user: {
    id: string
    name: string
    email: string
    sessions: { lastSeenAt: Date }[]
    totpFactor: object | null
    passkeys: object[]
  }
}

export function toMember({ user, role, createdAt, disabledAt }: Row, actor: Actor): Member {
  const isTold = can(actor, 'manage_members') || user.id === actor.userId
  return {
    id: user.id,
    name: user.name,
    email: isTold ? user.email : null,
    role,
    isDisabled: disabledAt !== null,
    joinedAt: createdAt.toISOString(),
    lastSeenAt: isTold ? (user.sessions[0]?.lastSeenAt.toISOString() ?? null) : null,
    hasSecondFactor: isTold ? user.totpFactor !== null || user.passkeys.length > 0 : null,
  }
}
