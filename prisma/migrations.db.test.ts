import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/platform/db'
import { schemaDifference } from '@/scripts/schema-engine'

const url = process.env.DATABASE_URL ?? ''
const client = new pg.Client({ connectionString: url })
beforeAll(() => client.connect())
afterAll(() => client.end())

test('the migrated database is exactly what the schema says', async () => {
  expect(await schemaDifference(url)).toBe('')
})

test('a column that only the database has is seen as a difference', async () => {
  await client.query('ALTER TABLE "Team" ADD COLUMN "colour" text')
  try {
    expect(await schemaDifference(url)).toContain('DROP COLUMN "colour"')
  } finally {
    await client.query('ALTER TABLE "Team" DROP COLUMN "colour"')
  }
})

test('the application reads and writes through the same URL, in UTC', async () => {
  const team = await db().team.create({ data: { slug: 'utc', name: 'UTC' } })
  const [row] = await db().$queryRaw<{ zone: string }[]>`SELECT current_setting('TimeZone') AS zone`
  expect(row?.zone).toBe('UTC')
  expect(Math.abs(team.createdAt.getTime() - Date.now())).toBeLessThan(60_000)
})
