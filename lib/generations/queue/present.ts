import 'server-only'
import type { QueueItem } from '@/lib/generations/queue/schema'
import { isOpen } from '@/lib/generations/status'
import type { Prisma } from '@/prisma/generated/client'

export const selectQueueItem = {
  id: true,
  status: true,
  prompt: true,
  sample: true,
  createdAt: true,
  sentAt: true,
  movedUpAt: true,
  maker: { select: { id: true, name: true } },
} satisfies Prisma.GenerationSelect

type Row = Prisma.GenerationGetPayload<{ select: typeof selectQueueItem }>

/** Null for what ended between two reads. */
export function toQueueItem(row: Row, positions: ReadonlyMap<string, number>): QueueItem | null {
  const { status, createdAt, sentAt, movedUpAt, ...rest } = row
  if (!isOpen(status)) return null
  return {
    ...rest,
    status,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString(),
    position: (status === 'queued' && positions.get(row.id)) || null,
    isMovedUp: movedUpAt !== null,
  }
}
