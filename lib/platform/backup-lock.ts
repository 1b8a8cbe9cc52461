import 'server-only'
import pg from 'pg'
import { directUrl, type Tx } from '@/lib/platform/db'

const BACKUP = 72707381
const REMOVAL = 72707382

/**
 * Runs `work` as the only backup of this database, while no file that a row named is removed. Null when another one runs.
 * Both locks belong to a connection of their own: whatever ends the process gives them back.
 */
export async function asOnlyBackup<T>(work: (client: pg.Client) => Promise<T>): Promise<T | null> {
  const client = new pg.Client({
    connectionString: directUrl(),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined) // whoever waits for an answer is told
  await client.connect()
  try {
    await client.query(`SET TIME ZONE 'UTC'; SET idle_session_timeout = 0`) // files are copied for hours
    const { rows } = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1) AS "isOurs"', [
      BACKUP,
    ])
    if (!rows[0]?.isOurs) return null
    await client.query('SELECT pg_advisory_lock($1)', [REMOVAL]) // waits for removals that are under way, until they are committed
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whether a file may be removed in this transaction: not while a backup runs, whose rows may still name it. */
export async function mayRemoveFiles(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isFree: boolean }[]>`
    SELECT pg_try_advisory_xact_lock_shared(${REMOVAL}) AS "isFree"`
  return row?.isFree ?? false
}

/** Whether a backup of this database runs, in whatever process. */
export async function isBackupRunning(tx: Tx): Promise<boolean> {
  const rows = await tx.$queryRaw`
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = ${BACKUP}::oid AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return Array.isArray(rows) && rows.length > 0
}
