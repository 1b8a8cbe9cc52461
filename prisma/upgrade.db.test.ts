import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { fillOldStudio } from '@/e2e/support/old-studio'
import { createEmptyDatabase } from '@/e2e/support/test-database'
import { rollUpUsage } from '@/lib/usage/rollup'
import { migrate, MIGRATIONS } from '@/scripts/migrate.mjs'

const BEFORE_THE_LEDGER = '20261128010000_mail'
const BEFORE_THE_TOTALS = '20261128450000_single_sign_on'
const COUNT = 400

let client: pg.Client
let teamId = ''
const numbers = async (sql: string) => {
  const { rows } = await client.query<Record<string, string>>(sql)
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]))
}

beforeAll(async () => {
  const url = await createEmptyDatabase()
  process.env.DATABASE_URL = url // what the product opens from here on
  client = new pg.Client({ connectionString: url })
  await client.connect()
  await migrate(url, { directory: migrationsUntil(BEFORE_THE_LEDGER) })
  ;({ teamId } = await fillOldStudio(client, COUNT))
  expect(await migrate(url, { directory: migrationsUntil(BEFORE_THE_TOTALS) })).not.toEqual([])
  while (await rollUpUsage());
  expect(await migrate(url)).not.toEqual([])
})
afterAll(() => client.end())

function migrationsUntil(last: string): string {
  const directory = path.join(temporaryFolder(), `until-${last}`)
  for (const name of fs.readdirSync(MIGRATIONS))
    if (name <= last) fs.cpSync(path.join(MIGRATIONS, name), path.join(directory, name), { recursive: true })
  return directory
}

test('every generation of the past is held once, and its hold ended once if it has ended', async () => {
  const per = await numbers(`
    SELECT count(*) AS generations, sum(holds) AS holds, max(holds) AS "mostHolds", sum(ends) AS ends, max(ends) AS "mostEnds",
      count(*) FILTER (WHERE (ends = 1) <> (status IN ('succeeded', 'failed', 'canceled'))) AS wrong
    FROM (SELECT g.status, count(*) FILTER (WHERE l.kind = 'hold') AS holds,
        count(*) FILTER (WHERE l.kind IN ('settle', 'release')) AS ends
      FROM "Generation" g LEFT JOIN "LedgerEntry" l ON l."generationId" = g.id GROUP BY g.id) each`)
  expect(per).toEqual({
    ...{ generations: COUNT, holds: COUNT, mostHolds: 1, ends: COUNT - 8, mostEnds: 1, wrong: 0 },
  })
})

test('what the balances fell by is what people spent and what nobody here did', async () => {
  const pool = await numbers(`
    SELECT sum(credits) FILTER (WHERE kind = 'fall') - coalesce(sum(credits) FILTER (WHERE kind = 'rise'), 0) AS ledger,
      sum(credits) FILTER (WHERE kind = 'fall' AND "makerId" IS NOT NULL) AS people,
      (SELECT max("defaultCredit") - min("defaultCredit") FROM "CreditSnapshot") AS fell FROM "LedgerEntry"`)
  expect(pool.ledger).toBe(pool.fell)
  const proven = await numbers(
    `SELECT 4 * (count(*) - 1) AS most, 4 * (count(*) - 2) AS least FROM "CreditSnapshot" WHERE spent IS NOT NULL`,
  )
  // the first answer of all has none before it
  expect([proven.least, proven.most]).toContain(pool.people)
})

test('the days of the past are rolled up to what the ledger says', async () => {
  const sums = await numbers(`
    SELECT (SELECT sum(generations) FROM "UsageDay" WHERE "teamId" = '${teamId}') AS generations,
      (SELECT sum(credits) FROM "UsageDay") AS credits,
      (SELECT sum(credits) FROM "LedgerEntry" WHERE kind IN ('settle', 'release')) AS settled,
      (SELECT count(*) FROM "UsageChange") AS left`)
  expect(sums).toMatchObject({ generations: COUNT - 8, credits: sums.settled, left: 0 })
})

test('of days rolled up before totals were kept, each dimension has the total', async () => {
  const { rows } = await client.query<{ by: string; generations: string; credits: string }>(
    `SELECT by, sum(generations) AS generations, sum(credits) AS credits FROM "UsageDayTotal" GROUP BY by ORDER BY by`,
  )
  expect(rows.map(({ by }) => by)).toEqual(['day', 'member', 'style', 'api_key', 'set', 'outcome'])
  const { credits } = await numbers('SELECT sum(credits) AS credits FROM "UsageDay"')
  for (const row of rows) expect([Number(row.generations), Number(row.credits)]).toEqual([COUNT - 8, credits])
})
