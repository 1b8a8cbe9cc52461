import 'server-only'
import type { Image } from '@/lib/images/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectImage = {
  id: true,
  accountId: true,
  upstreamId: true,
  generationId: true,
  position: true,
  state: true,
  error: true,
  blurReason: true,
  width: true,
  height: true,
  ratio: true,
  styleId: true,
  placeholder: true,
  favouriteAt: true,
  isPrivate: true,
  deletedAt: true,
  createdAt: true,
  blob: { select: { sha256: true, sizeBytes: true, mimeType: true } },
  generation: {
    select: { groupId: true, prompt: true, sample: true, maker: { select: { id: true, name: true } } },
  },
} satisfies Prisma.ImageSelect

type Row = Prisma.ImageGetPayload<{ select: typeof selectImage }>

/** A row as JSON. `accountId` is of the team's account now: a number of another one may be somebody else's image there. */
export function toImage(row: Row, accountId: string): Image {
  const { upstreamId } = row
  return {
    id: row.id,
    imageId: upstreamId === null || row.accountId !== accountId ? null : Number(upstreamId),
    generationId: row.generationId,
    groupId: row.generation.groupId,
    position: row.position,
    state: row.state,
    error: row.error ?? undefined,
    blurReason: row.blurReason ?? undefined,
    width: row.width,
    height: row.height,
    mimeType: row.blob?.mimeType ?? null,
    sizeBytes: row.blob?.sizeBytes ?? null,
    sha256: row.blob?.sha256 ?? null,
    placeholder: row.placeholder || null,
    urls: { thumb: `/i/${row.id}/thumb`, original: `/i/${row.id}/original` },
    favourite: row.favouriteAt !== null,
    private: row.isPrivate,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    maker: row.generation.maker,
    prompt: row.generation.prompt,
    styleId: row.styleId === null ? null : Number(row.styleId),
    ratio: row.ratio,
    sample: row.generation.sample,
  }
}
