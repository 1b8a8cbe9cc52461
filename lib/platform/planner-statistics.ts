import 'server-only'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

/** A table with fewer changes is read whole sooner than it is looked at. */
const FEW_CHANGES = 100

/**
 * Has PostgreSQL count every table anew (ANALYZE) of whose rows a half changed since it last did; returns their names. The
 * plans that connections keep (lib/platform/prepared) are made anew only then: those of a table that was empty read all of it
 * at each create. Autovacuum does the same, but looks once a minute.
 */
export async function analyzeGrown(): Promise<string[]> {
  const grown = await db().$queryRaw<{ name: string }[]>`
    SELECT relid::regclass::text AS name FROM pg_stat_user_tables
    WHERE schemaname = current_schema() AND n_mod_since_analyze > ${FEW_CHANGES} + n_live_tup / 2`
  const names = grown.map(({ name }) => name)
  if (names.length > 0) await db().$executeRaw`ANALYZE ${Prisma.raw(names.join(', '))}` // quoted by PostgreSQL
  return names
}
