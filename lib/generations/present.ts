import 'server-only'
import { spentResource } from '@/lib/credits/schema'
import type { Keys } from '@/lib/generations/keys'
import type { Generation, GenerationError, SetProgress, Source } from '@/lib/generations/schema'
import { selectImage, toImage } from '@/lib/images/present'
import { presentRows } from '@/lib/platform/present-rows'
import { createImageRequest } from '@/lib/upstream/schema'
import type { Prisma } from '@/prisma/generated/client'

export const generationInclude = {
  maker: { select: { id: true, name: true } },
  images: { select: selectImage, where: { deletedAt: null }, orderBy: { position: 'asc' } },
  set: { select: { id: true, name: true, pausedAt: true } },
  credits: { orderBy: { receivedAt: 'desc' }, take: 1 },
} satisfies Prisma.GenerationInclude

/** Upstream's answer may be half a megabyte, and no resource shows it. */
export const notInLists = { answer: true } satisfies Prisma.GenerationOmit

export type GenerationRow = Prisma.GenerationGetPayload<{
  include: typeof generationInclude
  omit: typeof notInLists
}>

type Around = {
  /** What the team generates with now. */
  accountId: string
  /** By principal (lib/generations/keys). */
  keys?: Keys
  /** Known only to whoever asked for the whole queue. */
  queuePosition?: number
  /** Of the set that the row stands for. */
  progress?: SetProgress
}

/** A row as JSON (docs/api). */
export function toGeneration(
  row: GenerationRow,
  { accountId, queuePosition, progress, keys }: Around,
): Generation {
  const request = createImageRequest.safeParse(row.request).data
  const { initialPrompt, enhancedPrompt, captionPrompt, captionTPrompt, randomPrompt } = request ?? {}
  return {
    id: row.id,
    status: row.status,
    statusReason: row.statusReason ?? undefined,
    groupId: row.groupId,
    upstreamGroupId: row.upstreamGroupId ?? undefined,
    prompt: row.prompt,
    ...{ initialPrompt, enhancedPrompt, captionPrompt, captionTPrompt, randomPrompt },
    ratio: row.ratio,
    sample: row.sample,
    source: toSource(row),
    platform: row.platform ?? undefined,
    idempotencyKey: row.idempotencyKey ?? undefined,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
    queuePosition: row.status === 'queued' ? queuePosition : undefined,
    ...toMaker(row, keys),
    error: toError(row),
    images: presentRows(row.images, (image) => toImage(image, accountId)),
    ...toCredits(row),
    waitsUntil: row.status === 'queued' ? later(row.notBefore) : undefined,
    answerKeptUntil: row.spool ? row.spoolUntil?.toISOString() : undefined,
    resolution: row.resolvedById ? (row.charged === 'no' ? 'not_charged' : 'charged') : undefined,
    private: row.isPrivate,
    dismissed: row.dismissedAt !== null,
    set: toSet(row, progress),
  }
}

function toMaker({ maker, principal }: GenerationRow, keys?: Keys): Pick<Generation, 'maker' | 'madeWith'> {
  return { maker, madeWith: keys?.get(principal) }
}

function toSet({ set }: GenerationRow, progress?: SetProgress): Generation['set'] {
  return set ? { id: set.id, name: set.name, paused: set.pausedAt !== null, progress } : undefined
}

function later(at: Date | null): string | undefined {
  return at && at.getTime() > Date.now() ? at.toISOString() : undefined
}

function toSource({ sourceKind, styleId, imageId, reference }: GenerationRow): Source {
  if (sourceKind === 'reference') return { kind: 'reference', image: reference ?? '' }
  if (sourceKind === 'image') return { kind: 'image', imageId: Number(imageId) }
  return { kind: 'style', styleId: Number(styleId), imageId: imageId === null ? undefined : Number(imageId) }
}

function toError({
  errorCode,
  errorParameter,
  charged,
  status,
  statusReason,
}: GenerationRow): GenerationError | undefined {
  if (status === 'unknown') return { code: statusReason ?? 'unknown', charged: charged ?? 'unknown' }
  if (!errorCode) return undefined
  return { code: errorCode, parameter: errorParameter ?? undefined, charged: charged ?? 'unknown' }
}

function toCredits({ credits }: GenerationRow): Pick<Generation, 'credits' | 'spent'> {
  const snapshot = credits[0]
  if (!snapshot) return {}
  const { defaultCredit, dailyCredit, monthlyCredit, receivedAt, spent } = snapshot
  return {
    credits: { defaultCredit, dailyCredit, monthlyCredit, seenAt: receivedAt.toISOString() },
    spent: spentResource.safeParse(spent).data,
  }
}
