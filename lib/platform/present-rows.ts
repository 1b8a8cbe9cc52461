import 'server-only'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'

/** Rows as JSON. One that cannot be shown is left out and told to the log: it must not hide all the others. */
export function presentRows<Row extends object, Item>(
  rows: readonly Row[],
  present: (row: Row) => Item,
): Item[] {
  return rows.flatMap((row) => {
    try {
      return [present(row)]
    } catch (error) {
      tell(row, error)
      return []
    }
  })
}

/** The same where showing one asks the database. */
export async function presentRowsLater<Row extends object, Item>(
  rows: readonly Row[],
  present: (row: Row) => Promise<Item>,
): Promise<Item[]> {
  const shown = await Promise.allSettled(rows.map(present))
  return shown.flatMap((one, index) => {
    if (one.status === 'fulfilled') return [one.value]
    if (isDatabaseGone(one.reason)) throw one.reason
    tell(rows[index] ?? {}, one.reason)
    return []
  })
}

/** One row as JSON; what cannot be shown is told to the log and is `not_found` for the reader. */
export function presentRow<Row extends object, Item>(row: Row, present: (row: Row) => Item): Item {
  const [item] = presentRows([row], present)
  if (item === undefined) throw new AppError('not_found', { detail: 'It cannot be shown.' })
  return item
}

function tell(row: object, error: unknown): void {
  log.error('rows.not_shown', { id: 'id' in row ? String(row.id) : undefined, error })
}
