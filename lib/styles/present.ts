import 'server-only'
import type { StyleAccount } from '@/lib/styles/account'
import type { Style } from '@/lib/styles/schema'
import { isSandboxStyle } from '@/lib/styles/seed'

export const selectStyle = (userId: string) =>
  ({
    id: true,
    styleId: true,
    nameKo: true,
    nameEn: true,
    superCategory: true,
    mainCategory: true,
    hiddenAt: true,
    thumbnail: { select: { sha256: true } },
    favourites: { where: { userId }, select: { userId: true } },
    account: { select: { kind: true } },
  }) as const

export type StyleRow = {
  id: string
  styleId: bigint
  nameKo: string
  nameEn: string
  superCategory: string
  mainCategory: string
  hiddenAt: Date | null
  thumbnail: { sha256: string } | null
  favourites: { userId: string }[]
  account: { kind: StyleAccount['kind'] }
}

export function toStyle(row: StyleRow, lastUsedAt: Date | undefined): Style {
  return {
    id: row.id,
    styleId: Number(row.styleId),
    nameKo: row.nameKo,
    nameEn: row.nameEn,
    superCategory: row.superCategory,
    mainCategory: row.mainCategory,
    thumbnailUrl: thumbnailUrl(row),
    favourite: row.favourites.length > 0,
    hidden: row.hiddenAt !== null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}

/** An own thumbnail's address changes with its bytes, so it may be cached for ever; the sandbox's come with the program. */
function thumbnailUrl(row: StyleRow): string | null {
  if (row.thumbnail) return `/api/v1/styles/${row.id}/thumbnail?v=${row.thumbnail.sha256.slice(0, 16)}`
  return row.account.kind === 'sandbox' && isSandboxStyle(Number(row.styleId))
    ? `/styles/${row.styleId}.webp`
    : null
}
