import 'server-only'
import type { CampaignSet } from '@/lib/campaign-sets/schema'
import type { SetProgress } from '@/lib/generations/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectCampaignSet = {
  id: true,
  name: true,
  prompt: true,
  groupId: true,
  products: true,
  pausedAt: true,
  isPrivate: true,
  createdAt: true,
  maker: { select: { id: true, name: true } },
} satisfies Prisma.CampaignSetSelect

type Row = Prisma.CampaignSetGetPayload<{ select: typeof selectCampaignSet }>

const NOTHING: SetProgress = {
  total: 0,
  open: 0,
  queued: 0,
  succeeded: 0,
  failed: 0,
  canceled: 0,
  unknown: 0,
  covers: [],
}

export function toCampaignSet(
  { pausedAt, isPrivate, createdAt, ...row }: Row,
  progress = NOTHING,
): CampaignSet {
  return {
    ...row,
    private: isPrivate,
    paused: pausedAt !== null,
    createdAt: createdAt.toISOString(),
    progress,
  }
}
