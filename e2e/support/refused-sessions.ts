import { onTestFinished } from 'vitest'
import { db } from '@/lib/platform/db'

/** Until the test ends the database takes no session of this person, as by a fault that nobody thought of. */
export async function refuseSessionsOf({ id }: { id: string }): Promise<void> {
  const run = (sql: string) => db().$executeRawUnsafe(sql)
  await run(`CREATE FUNCTION refuse_session() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no session of %', NEW."userId"; END $$`)
  await run(`CREATE TRIGGER refuse_session BEFORE INSERT ON "Session" FOR EACH ROW
    WHEN (NEW."userId" = '${id}') EXECUTE FUNCTION refuse_session()`)
  onTestFinished(async () => {
    await run('DROP FUNCTION refuse_session CASCADE')
  })
}
