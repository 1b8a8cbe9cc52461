import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'
import { readStandings, type Standing } from '@/lib/access/standing'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { presentRowsLater } from '@/lib/platform/present-rows'
import { unseal } from '@/lib/platform/secret'
import { IMAGES_SHOWN } from '@/lib/share-links/limits'
import { imageOrder, imagesWhere } from '@/lib/share-links/images'
import { canManage } from '@/lib/share-links/permissions'
import type { ShareLink, ShareTarget } from '@/lib/share-links/schema'
import { stateOf } from '@/lib/share-links/state'

export const SEAL_PURPOSE = 'share-link'
const THUMBS = 4

export const selectLink = {
  id: true,
  teamId: true,
  makerId: true,
  apiKeyId: true,
  target: true,
  targetId: true,
  imageIds: true,
  title: true,
  tokenCipher: true,
  passwordHash: true,
  showPrompt: true,
  allowDownload: true,
  viewCount: true,
  lastViewedAt: true,
  expiresAt: true,
  revokedAt: true,
  createdAt: true,
} as const

type Row = {
  id: string
  teamId: string
  makerId: string
  apiKeyId: string | null
  target: ShareTarget
  targetId: string
  imageIds: string[]
  title: string
  tokenCipher: Uint8Array
  passwordHash: string | null
  showPrompt: boolean
  allowDownload: boolean
  viewCount: number
  lastViewedAt: Date | null
  expiresAt: Date | null
  revokedAt: Date | null
  createdAt: Date
}

/** Rows as the team sees them: with their address, who made them, and what visitors would see now. */
export async function presentLinks(actor: Actor, rows: Row[]): Promise<ShareLink[]> {
  const makers = await db().user.findMany({
    where: { id: { in: rows.map((row) => row.makerId) } },
    select: { id: true, name: true },
  })
  const names = new Map(makers.map((maker) => [maker.id, maker.name]))
  const makerOf = (row: Row) => ({ userId: row.makerId, apiKeyId: row.apiKeyId })
  const standingOf = await readStandings(actor.teamId, rows.map(makerOf))
  return presentRowsLater(rows, async (row) => ({
    ...toLink(row, standingOf(makerOf(row))),
    ...(await imagesOf(row, standingOf(makerOf(row)))),
    maker: { id: row.makerId, name: names.get(row.makerId) ?? '' },
    canManage: canManage(actor, row.makerId),
  }))
}

/** A link whose maker may not link any more is as good as revoked, as long as that lasts. */
function toLink(row: Row, standing: Standing | null) {
  const state = stateOf(row)
  const isPaused = state === 'open' && (!standing || !can(standing, 'link_own'))
  return {
    id: row.id,
    target: { kind: row.target, id: row.targetId },
    title: row.title,
    url: urlOf(row),
    state: isPaused ? ('revoked' as const) : state,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    hasPassword: row.passwordHash !== null,
    showPrompt: row.showPrompt,
    allowDownload: row.allowDownload,
    viewCount: row.viewCount,
    lastViewedAt: row.lastViewedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** Absolute where the studio knows its public address (STUDIO_URL), else the path alone: the reader's own origin completes it. */
function urlOf(row: Row): string | null {
  const token = unseal(SEAL_PURPOSE, row.tokenCipher)
  if (!token) return null
  const path = `/s/${token}`
  const base = env().STUDIO_URL
  return base ? new URL(path, base).href : path
}

async function imagesOf(row: Row, standing: Standing | null) {
  const isForAll = standing !== null && can(standing, 'link_all')
  const images = await db().image.findMany({
    where: imagesWhere({ ...row, isForAll }),
    orderBy: [...imageOrder],
    take: IMAGES_SHOWN,
    select: { id: true, generation: { select: { prompt: true } } },
  })
  return {
    prompt: images[0]?.generation.prompt ?? null,
    imageCount: images.length,
    thumbUrls: images.slice(0, THUMBS).map((image) => `/i/${image.id}/thumb`),
  }
}
