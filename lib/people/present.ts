import 'server-only'
import { imageFileName } from '@/lib/images/file-name'
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

export const selectOwnProfile = {
  ...{ id: true, name: true, email: true, locale: true, theme: true, createdAt: true },
  memberships: {
    where: { disabledAt: null, team: { deletedAt: null } },
    select: { role: true, createdAt: true, team: { select: { id: true, slug: true, name: true } } },
    orderBy: { createdAt: 'asc' },
  },
} as const satisfies Prisma.UserSelect

/** What a person takes away of their profile, and their teams by themselves. */
export function toOwnProfile({
  memberships,
  ...profile
}: Prisma.UserGetPayload<{ select: typeof selectOwnProfile }>) {
  const teams = memberships.map(({ team, role, createdAt }) => ({ ...team, role, joinedAt: createdAt }))
  return { teams, profile: { ...profile, teams } }
}

export const selectOwnGeneration = {
  ...{ id: true, groupId: true, status: true, prompt: true, ratio: true, sample: true, request: true },
  ...{ createdAt: true, finishedAt: true },
  images: {
    where: { deletedAt: null },
    select: {
      id: true,
      teamId: true,
      blob: { select: { sha256: true, sizeBytes: true, mimeType: true } },
    },
    orderBy: { position: 'asc' },
  },
} as const satisfies Prisma.GenerationSelect

export type OwnGenerationRow = Prisma.GenerationGetPayload<{ select: typeof selectOwnGeneration }>
export type OwnFile = { name: string; blob: { teamId: string; sha256: string; sizeBytes: number } }

/** What a person takes away of a generation of theirs, with the files that stand beside it. */
export function toOwnGeneration({ images, ...generation }: OwnGenerationRow, team: string) {
  const files = images.flatMap(({ id, teamId, blob }, place): OwnFile[] => {
    if (!blob) return []
    const name = imageFileName({ title: generation.prompt, place, mimeType: blob.mimeType })
    return [{ name: `images/${team}/${id}-${name}`, blob: { teamId, ...blob } }]
  })
  return { files, generation: { ...generation, team, images: files.map(({ name }) => name) } }
}
