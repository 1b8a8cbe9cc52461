import 'server-only'
import { AppError } from '@/lib/platform/errors'
import { presentRows } from '@/lib/platform/present-rows'

/** A place in a list that is sorted newest first by (createdAt, id). */
export type Place = { createdAt: Date; id: string }

const shape = /^(\d{1,15})\.([0-9a-f-]{36})$/

export function encodeCursor({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url')
}

/** Throws `validation_failed` for what `encodeCursor` did not make. */
export function decodeCursor(cursor: string): Place {
  const found = shape.exec(Buffer.from(cursor, 'base64url').toString())
  if (!found?.[1] || !found[2])
    throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' })
  return { createdAt: new Date(Number(found[1])), id: found[2] }
}

/** The Prisma condition for "comes after this place", served by an index on (…, createdAt desc, id desc). */
export function after(cursor: string | undefined) {
  if (!cursor) return {}
  const { createdAt, id } = decodeCursor(cursor)
  return {
    createdAt: { lte: createdAt },
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }],
  }
}

/** Cuts the one row that was read too many, and says where the next page begins. */
export function page<Row extends Place, Item>(rows: Row[], limit: number, toItem: (row: Row) => Item) {
  const shown = rows.slice(0, limit)
  const last = shown.findLast(({ createdAt }) => !Number.isNaN(createdAt.getTime()))
  return {
    items: presentRows(shown, toItem),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  }
}
