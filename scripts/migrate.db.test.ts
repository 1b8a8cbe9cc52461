import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { createTestDatabase } from '@/e2e/support/test-database'
import { migrate, MIGRATIONS } from '@/scripts/migrate.mjs'

let url = ''
const directory = path.join(temporaryFolder(), 'migrations')
const add = (name: string, sql: string) => {
  fs.mkdirSync(path.join(directory, name), { recursive: true })
  fs.writeFileSync(path.join(directory, name, 'migration.sql'), sql)
}
async function query(sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

beforeEach(async () => {
  url = await createTestDatabase()
  fs.rmSync(directory, { recursive: true, force: true })
  fs.cpSync(MIGRATIONS, directory, { recursive: true })
})

test('a new migration is applied once, in order', async () => {
  add('99990102000000_second', 'INSERT INTO "Marks" VALUES (2);')
  add('99990101000000_first', 'CREATE TABLE "Marks" (n integer); INSERT INTO "Marks" VALUES (1);')
  expect(await migrate(url, { directory })).toEqual(['99990101000000_first', '99990102000000_second'])
  expect(await migrate(url, { directory })).toEqual([])
  expect(await query('SELECT n FROM "Marks" ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
})

test('many that start at once apply it once', async () => {
  add('99990101000000_once', 'CREATE TABLE "Marks" (n integer); INSERT INTO "Marks" VALUES (1);')
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(url, { directory })))
  expect(applied.flat()).toEqual(['99990101000000_once'])
  expect(await query('SELECT n FROM "Marks"')).toEqual([{ n: 1 }])
})

test('a lock that is not given back is one sentence after a while, and none stays behind', async () => {
  const holder = new pg.Client({ connectionString: url, application_name: 'a leaked connection' })
  await holder.connect()
  try {
    await holder.query('SELECT pg_advisory_lock(72707369)')
    const { rows } = await holder.query('SELECT pg_backend_pid() AS pid')
    await expect(migrate(url, { directory, lockWaitMs: 300 })).rejects.toThrow(
      `The migrations are locked by connection ${rows[0].pid} (a leaked connection)`,
    )
    await holder.query('SELECT pg_advisory_unlock(72707369)')
    expect(await migrate(url, { directory })).toEqual([])
    expect(
      await query(
        `SELECT 1 FROM pg_locks WHERE objid = 72707369 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    ).toEqual([])
  } finally {
    await holder.end()
  }
})

test('a migration that fails leaves nothing behind and may be mended', async () => {
  add('99990101000000_broken', 'CREATE TABLE "Half" (n integer); SELECT nonsense;')
  await expect(migrate(url, { directory })).rejects.toThrow(
    'The migration 99990101000000_broken failed: column "nonsense"',
  )
  expect(await query(`SELECT to_regclass('"Half"') AS half`)).toEqual([{ half: null }])
  add('99990101000000_broken', 'CREATE TABLE "Whole" (n integer);')
  expect(await migrate(url, { directory })).toEqual(['99990101000000_broken'])
})

test('a migration edited after it was applied is refused', async () => {
  add('99990101000000_note', 'SELECT 1;')
  await migrate(url, { directory })
  add('99990101000000_note', 'SELECT 2;')
  await expect(migrate(url, { directory })).rejects.toThrow(
    '99990101000000_note was edited after it was applied',
  )
})

test('a database that is newer than the program is refused', async () => {
  add('99990101000000_future', 'SELECT 1;')
  await migrate(url, { directory })
  await expect(migrate(url)).rejects.toThrow('The database is newer than this program')
})

test('the history is the one that Prisma itself writes and reads', async () => {
  const rows = await query('SELECT * FROM _prisma_migrations ORDER BY migration_name LIMIT 1')
  expect(rows[0]).toMatchObject({ logs: null, rolled_back_at: null, applied_steps_count: 1 })
  expect(rows[0].checksum).toMatch(/^[0-9a-f]{64}$/)
  expect(rows[0].finished_at).toBeInstanceOf(Date)
})
