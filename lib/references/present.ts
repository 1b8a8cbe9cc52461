import 'server-only'
import type { Reference } from '@/lib/references/schema'

export const selectReference = {
  id: true,
  path: true,
  width: true,
  height: true,
  makerId: true,
  createdAt: true,
  deletedAt: true,
  blob: { select: { sha256: true } },
} as const

type Row = {
  id: string
  path: string
  width: number | null
  height: number | null
  makerId: string
  createdAt: Date
  deletedAt: Date | null
  blob: { sha256: string } | null
}

export function toReference(row: Row): Reference {
  const bytes = `/api/v1/references/${row.id}/bytes`
  return {
    id: row.id,
    path: row.path,
    width: row.width,
    height: row.height,
    urls: row.blob ? { thumb: `${bytes}?size=thumb`, original: bytes } : null,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    makerId: row.makerId,
  }
}
