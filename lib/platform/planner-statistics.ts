import 'server-only'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

/** So few rows are read as quickly by any plan. */
const FEW_CHANGES = 100

/**
 * Analyzes each table of which more than half changed since PostgreSQL last did, and returns their names. A plan that a
 * connection keeps (lib/platform/prepared) is made anew only then: one from when the table was empty reads all of it at each
 * create. Autovacuum does the same, but looks once a minute.
 */
export async function analyzeGrown(): Promise<string[]> {
  const grown = await db().$queryRaw<{ name: string }[]>`
    SELECT relid::regclass::text AS name FROM pg_stat_user_tables
    WHERE schemaname = current_schema() AND n_mod_since_analyze > ${FEW_CHANGES} + n_live_tup / 2`
  const names = grown.map(({ name }) => name)
  if (names.length > 0) await db().$executeRaw`ANALYZE ${Prisma.raw(names.join(', '))}` // quoted by PostgreSQL
  return names
}
