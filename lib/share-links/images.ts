import 'server-only'
import { db } from '@/lib/platform/db'
import type { StoredBlob } from '@/lib/platform/storage'
import { IMAGES_SHOWN } from '@/lib/share-links/limits'
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

/** Only whole, unblurred images that lie in nobody's trash and are published to the team are ever shared. */
const shareable = {
  state: 'completed',
  deletedAt: null,
  blurReason: null,
  blobId: { not: null },
  isPrivate: false,
} as const satisfies Prisma.ImageWhereInput

/**
 * The images behind a link as they are now. What a member shares shows the member's own images only: colleagues may
 * continue a group later, and an admin may become a member.
 */
export function imagesWhere(aim: Aim): Prisma.ImageWhereInput {
  const base = { ...shareable, teamId: aim.teamId, ...(aim.isForAll ? {} : { makerId: aim.makerId }) }
  if (aim.target === 'image') return { ...base, id: aim.targetId }
  if (aim.target === 'selection') return { ...base, id: { in: aim.imageIds } }
  if (aim.target === 'generation') return { ...base, generationId: aim.targetId }
  return { ...base, generation: { groupId: aim.targetId } }
}

/** In the order in which they were made. */
export const imageOrder = [
  { createdAt: 'asc' },
  { generationId: 'asc' },
  { position: 'asc' },
] as const satisfies Prisma.ImageOrderByWithRelationInput[]

export type SharedImage = {
  id: string
  width: number
  height: number
  placeholder: string | null
  prompt: string
  source: StoredBlob & { teamId: string; mimeType: string }
}

const selectImage = {
  id: true,
  teamId: true,
  width: true,
  height: true,
  placeholder: true,
  blob: { select: { sha256: true, sizeBytes: true, mimeType: true } },
  generation: { select: { prompt: true } },
} as const

/** What the link shows now. */
export async function listImages(aim: Aim, limit = IMAGES_SHOWN): Promise<SharedImage[]> {
  const rows = await db().image.findMany({
    where: imagesWhere(aim),
    orderBy: [...imageOrder],
    take: limit,
    select: selectImage,
  })
  return rows.flatMap(toImage)
}

/** One image when the link shows it now; null for everything else, wherever it may exist. */
export async function findImage(aim: Aim, imageId: string): Promise<SharedImage | null> {
  if (!isUuid(imageId)) return null
  const where = { AND: [imagesWhere(aim), { id: imageId }] }
  const row = await db().image.findFirst({ where, select: selectImage })
  return (row && toImage(row)[0]) ?? null
}

type Row = Prisma.ImageGetPayload<{ select: typeof selectImage }>

function toImage({ teamId, blob, generation, ...row }: Row): SharedImage[] {
  return blob ? [{ ...row, prompt: generation.prompt, source: { teamId, ...blob } }] : []
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
