import 'server-only'
import { env } from '@/lib/platform/env'
import { shared } from '@/lib/platform/shared'
import { Prisma } from '@/prisma/generated/client'

const MARK = '/* prepared */'
/** Some statements differ by how many rows or columns they write. What comes after so many is planned each time. */
const MOST_NAMES = 200

/**
 * Begins a statement of the hot path: every connection keeps its plan. The result must name its columns (`columnsOf`):
 * PostgreSQL refuses a kept plan whose result has changed, as that of `*` does when the next release adds a column.
 */
export const PREPARED = Prisma.raw(MARK)

/** SQL for the columns of a table that this release knows, in what the statement calls `alias`. */
export const columnsOf = (fields: Record<string, string>, alias: string): Prisma.Sql =>
  Prisma.raw(
    Object.values(fields)
      .map((name) => `${alias}."${name}"`)
      .join(', '),
  )

/**
 * SQL for what stands after `IN`, of constants of ours. Written out: a partial index is found by the words of its
 * condition, not by a parameter, and the text stays the same.
 */
export const literals = (values: readonly string[]): Prisma.Sql =>
  Prisma.raw(`(${values.map((value) => `'${value}'`).join(', ')})`)

/** The name under which the driver prepares a statement: none, an empty one, behind a pooler, which may not keep it. */
export function nameOf(sql: string): string {
  if (env().DATABASE_DIRECT_URL || !sql.startsWith(MARK)) return ''
  const known = names().get(sql)
  if (known !== undefined) return known
  if (names().size >= MOST_NAMES) return ''
  const name = `studio_${names().size}`
  names().set(sql, name)
  return name
}

const names = () => shared('db.statement_names', () => new Map<string, string>())
