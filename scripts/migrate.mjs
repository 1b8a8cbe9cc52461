// @ts-check
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export const MIGRATIONS = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'prisma',
  'migrations',
)

/** The lock and the table are those of `prisma migrate deploy`: either may carry on where the other stopped. */
const LOCK = 72707369
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

/** @typedef {{ name: string, sql: string, checksum: string }} Migration */

/** How long another start may migrate, or a statement of somebody's may hold a table, before this one gives up. */
const LOCK_WAIT_MS = 60_000

/**
 * Brings a database up to date: each migration in one transaction, in the order of their names, once, whoever else
 * starts at the same moment. Returns the names it applied. The lock belongs to the transaction: a connection that is
 * handed on by a pooler cannot keep it.
 * @param {string} url
 * @param {{ directory?: string, lockWaitMs?: number, only?: Pick<Migration, 'name' | 'checksum'>[] }} [options] `only`:
 *   no others than these, each of which this program must have
 * @returns {Promise<string[]>}
 */
export async function migrate(url, { directory = MIGRATIONS, lockWaitMs = LOCK_WAIT_MS, only } = {}) {
  const migrations = chosenOf(readMigrations(directory), only)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // whoever waits for an answer is told
  await client.connect()
  try {
    await demandFit(client)
    /** @type {string[]} */
    const applied = []
    for (;;) {
      const name = await applyNext(client, { migrations, lockWaitMs })
      if (!name) return applied
      applied.push(name)
    }
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Backups say `idle_session_timeout`, which PostgreSQL has had since 14; searching compares normalised letters, which it
 * can in UTF8 alone.
 * @param {pg.Client} client
 */
async function demandFit(client) {
  const { rows } = await client.query(
    `SELECT current_setting('server_version_num')::int >= 140000 AS "isNew", current_setting('server_version') AS version,
       current_setting('server_encoding') AS encoding`,
  )
  const { isNew, version, encoding } = rows[0]
  if (!isNew) throw new Error(`The server is PostgreSQL ${version}, and the studio needs 14 or newer.`)
  if (encoding !== 'UTF8')
    throw new Error(`The database keeps its text in ${encoding}: make it anew with ENCODING 'UTF8'.`)
}

/**
 * @param {Migration[]} migrations
 * @param {Pick<Migration, 'name' | 'checksum'>[]} [only]
 */
function chosenOf(migrations, only) {
  if (!only) return migrations
  return only.map((wanted) => {
    const found = migrations.find(
      ({ name, checksum }) => name === wanted.name && checksum === wanted.checksum,
    )
    if (!found)
      throw new Error(
        `This program does not have the migration ${wanted.name}: it takes one that is as new as the backup.`,
      )
    return found
  })
}

/**
 * @param {pg.Client} client
 * @param {{ migrations: Migration[], lockWaitMs: number }} options
 * @returns {Promise<string | null>} what it applied; null when nothing was left to do
 */
async function applyNext(client, { migrations, lockWaitMs }) {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL lock_timeout = ${lockWaitMs}`)
    await client
      .query('SELECT pg_advisory_xact_lock($1)', [LOCK])
      .catch((error) => explainLock(client, error))
    await client.query(TABLE)
    const [migration] = await pendingOf(client, migrations)
    if (migration) await apply(client, migration)
    await client.query('COMMIT')
    return migration?.name ?? null
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/**
 * @param {pg.Client} client
 * @param {Error & { code?: string }} error
 * @returns {Promise<never>}
 */
async function explainLock(client, error) {
  if (error.code !== '55P03') throw error
  await client.query('ROLLBACK')
  const { rows } = await client.query(
    `SELECT pid, coalesce(nullif(application_name, ''), 'without a name') AS name
     FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [LOCK],
  )
  const holder = rows[0] ? `connection ${rows[0].pid} (${rows[0].name})` : 'another connection'
  const cure = rows[0] ? `end it with SELECT pg_terminate_backend(${rows[0].pid})` : 'start again'
  throw new Error(
    `The migrations are locked by ${holder}: wait for the start that holds it, or, if there is none, ${cure}.`,
    { cause: error },
  )
}

/**
 * @param {string} directory
 * @returns {Migration[]}
 */
function readMigrations(directory) {
  const names = fs.readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: crypto.createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * @param {pg.Client} client
 * @param {Migration[]} migrations
 */
async function pendingOf(client, migrations) {
  const { rows } = await client.query(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row]))
  const unknown = rows.find((row) => !migrations.some(({ name }) => name === row.migration_name))
  if (unknown)
    throw new Error(
      `The database is newer than this program (it has the migration ${unknown.migration_name}): update the program.`,
    )
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name)
    if (!row) return true
    if (!row.finished_at)
      throw new Error(`The migration ${name} did not finish: restore the database from a backup.`)
    if (row.checksum !== checksum)
      throw new Error(
        `The migration ${name} was edited after it was applied: undo the edit and add a new migration.`,
      )
    return false
  })
}

/**
 * @param {pg.Client} client
 * @param {Migration} migration
 */
async function apply(client, { name, sql, checksum }) {
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [crypto.randomUUID(), checksum, name],
    )
  } catch (cause) {
    throw new Error(`The migration ${name} failed: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}
