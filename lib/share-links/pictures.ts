import 'server-only'
import { db } from '@/lib/platform/db'
import type { StoredBlob } from '@/lib/platform/storage'
import { PICTURES_SHOWN } from '@/lib/share-links/limits'
import type { ShareTarget } from '@/lib/share-links/schema'
import type { Prisma } from '@/prisma/generated/client'

export type Aim = {
  teamId: string
  makerId: string
  target: ShareTarget
  targetId: string
  /** Of a selection. */
  imageIds: string[]
  /** Whether its maker may link what others made: then it shows that too. */
  isForAll: boolean
}

/** Only whole, unblurred pictures that lie in nobody's trash are ever shared. */
const shareable = {
  state: 'completed',
  deletedAt: null,
  blurReason: null,
  blobId: { not: null },
} as const satisfies Prisma.ImageWhereInput

/**
 * The pictures behind a link as they are now. What a member shares shows the member's own pictures only: colleagues may
 * continue a group later, and an admin may become a member.
 */
export function picturesWhere(aim: Aim): Prisma.ImageWhereInput {
  const base = { ...shareable, teamId: aim.teamId, ...(aim.isForAll ? {} : { makerId: aim.makerId }) }
  if (aim.target === 'image') return { ...base, id: aim.targetId }
  if (aim.target === 'selection') return { ...base, id: { in: aim.imageIds } }
  if (aim.target === 'generation') return { ...base, generationId: aim.targetId }
  return { ...base, generation: { groupId: aim.targetId } }
}

/** In the order in which they were made. */
export const pictureOrder = [
  { createdAt: 'asc' },
  { generationId: 'asc' },
  { position: 'asc' },
] as const satisfies Prisma.ImageOrderByWithRelationInput[]

export type SharedPicture = {
  id: string
  width: number
  height: number
  placeholder: string | null
  prompt: string
  source: StoredBlob & { teamId: string; mimeType: string }
}

const selectPicture = {
  id: true,
  teamId: true,
  width: true,
  height: true,
  placeholder: true,
  blob: { select: { sha256: true, sizeBytes: true, mimeType: true } },
  generation: { select: { prompt: true } },
} as const

/** What the link shows now. */
export async function listPictures(aim: Aim, limit = PICTURES_SHOWN): Promise<SharedPicture[]> {
  const rows = await db().image.findMany({
    where: picturesWhere(aim),
    orderBy: [...pictureOrder],
    take: limit,
    select: selectPicture,
  })
  return rows.flatMap(toPicture)
}

/** One picture when the link shows it now; null for everything else, wherever it may exist. */
export async function findPicture(aim: Aim, imageId: string): Promise<SharedPicture | null> {
  if (!isUuid(imageId)) return null
  const where = { AND: [picturesWhere(aim), { id: imageId }] }
  const row = await db().image.findFirst({ where, select: selectPicture })
  return (row && toPicture(row)[0]) ?? null
}

type Row = Prisma.ImageGetPayload<{ select: typeof selectPicture }>

function toPicture({ teamId, blob, generation, ...row }: Row): SharedPicture[] {
  return blob ? [{ ...row, prompt: generation.prompt, source: { teamId, ...blob } }] : []
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
