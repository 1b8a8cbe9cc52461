import { onTestFinished } from 'vitest'
import { db } from '@/lib/platform/db'

/**
 * The database takes no new row of this table that `when` is true of (SQL over `NEW`), as by a fault that nobody thought of:
 * until the test ends, or what this returns is called.
 */
export async function refuseRows(table: 'Image' | 'Session', when = 'true'): Promise<() => Promise<void>> {
  const run = (sql: string) => db().$executeRawUnsafe(sql)
  await run(`CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'refused'; END $$`)
  await run(`CREATE TRIGGER refuse_row BEFORE INSERT ON "${table}" FOR EACH ROW
    WHEN (${when}) EXECUTE FUNCTION refuse_row()`)
  const takeAgain = async () => void (await run('DROP FUNCTION IF EXISTS refuse_row CASCADE'))
  onTestFinished(takeAgain)
  return takeAgain
}
