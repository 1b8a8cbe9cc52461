import 'server-only'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openTable } from '@/lib/backup/contents'
import { quoted } from '@/lib/backup/dump'
import type { Manifest, Table } from '@/lib/backup/manifest'
import type { Place } from '@/lib/backup/place'

/** Throws one sentence unless the database at `url` has no row, and no table that the backup's does not have. */
export async function demandEmptyDatabase(url: string, { migrations }: Manifest): Promise<void> {
  await withClient(url, async (client) => {
    const tables = await tablesOf(client)
    if (tables.includes('_prisma_migrations')) {
      const { rows } = await client.query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1',
      )
      const newer = rows.find((row) => !migrations.some(({ name }) => name === row.name))
      if (newer)
        throw new Error(
          `The database was prepared by a newer version than the backup's (it has the migration ${newer.name}): restore into a new one.`,
        )
    }
    for (const table of tables.filter((name) => name !== '_prisma_migrations')) {
      const { rowCount } = await client.query(`SELECT FROM ${quoted(table)} LIMIT 1`)
      if (rowCount) throw new Error(`The database is not empty (${table} has rows): restore into a new one.`)
    }
  })
}

/**
 * Fills the empty tables of a database that has the backup's migrations, in one transaction. Nothing of it needs more than
 * to own the tables: foreign keys and indexes are taken away and made anew over what was loaded, as pg_restore does, and
 * triggers are off, for what they would write is in the backup. What waited in the queue when it was made must not be sent
 * again, and waits for `afterLoad`.
 */
export async function loadDatabase(url: string, place: Place, made: Manifest): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('BEGIN')
    await client.query(`SET LOCAL TIME ZONE 'UTC'; SET LOCAL statement_timeout = 0`)
    const tables = made.tables.map(({ name }) => quoted(name))
    for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    const rebuild = await takeDown(client)
    for (const table of made.tables) await loadTable(client, table, openTable(place, made.name, table))
    for (const { name, value } of made.sequences)
      if (value !== '0') await client.query('SELECT setval($1::regclass, $2::bigint)', [quoted(name), value])
    for (const statement of rebuild) await client.query(statement)
    await client.query(
      `UPDATE "Generation" SET "notBefore" = now() + interval '1 year' WHERE status IN ('queued')`,
    )
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    await client.query('COMMIT')
    await client.query(`ANALYZE ${tables.join(', ')}`)
  })
}

async function loadTable(client: pg.Client, table: Table, packed: AsyncIterable<Buffer>): Promise<void> {
  const { name, columns, rows } = table
  const copy = client.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`))
  await pipeline(packed, createGunzip(), copy)
  if (copy.rowCount !== rows)
    throw new Error(`The backup is damaged: the table ${name} has ${copy.rowCount} rows instead of ${rows}.`)
}

/** Drops foreign keys and indexes and returns the statements that make them again, the indexes first. */
async function takeDown(client: pg.Client): Promise<string[]> {
  const { rows: keys } = await client.query<{ drop: string; make: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  )
  const { rows: indexes } = await client.query<{ drop: string; make: string }>(
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS make
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = current_schema()::regnamespace
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
       AND indrelid <> '_prisma_migrations'::regclass`,
  )
  for (const { drop } of [...keys, ...indexes]) await client.query(drop)
  return [...indexes, ...keys].map(({ make }) => make)
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  )
  return rows.map(({ name }) => name)
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined) // whoever waits for an answer is told
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => undefined) // what was not committed is undone by that
  }
}
