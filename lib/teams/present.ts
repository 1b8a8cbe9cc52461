import 'server-only'
import type { Team } from '@/lib/teams/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectTeam = {
  id: true,
  slug: true,
  name: true,
  isPrivateByDefault: true,
  createdAt: true,
} as const

type Row = Prisma.TeamGetPayload<{ select: typeof selectTeam }>

export function toTeam({ createdAt, ...team }: Row): Team {
  return { ...team, createdAt: createdAt.toISOString() }
}
