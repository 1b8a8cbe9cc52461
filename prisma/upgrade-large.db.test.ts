import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { fillOldStudio } from '@/e2e/support/old-studio'
import { createEmptyDatabase } from '@/e2e/support/test-database'
import { rollUpUsage } from '@/lib/usage/rollup'
import { migrate, MIGRATIONS } from '@/scripts/migrate.mjs'

const BEFORE_THE_LEDGER = '20261128010000_mail'
vi.setConfig({ hookTimeout: 900000, testTimeout: 900000 })
const COUNT = 1_000_000

let client: pg.Client
let teamId = ''
const numbers = async (sql: string) => {
  const { rows } = await client.query<Record<string, string>>(sql)
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]))
}

beforeAll(async () => { const f0 = performance.now();
  const url = await createEmptyDatabase()
  process.env.DATABASE_URL = url // what the product opens from here on
  client = new pg.Client({ connectionString: url })
  await client.connect()
  const directory = path.join(temporaryFolder(), 'migrations')
  for (const name of fs.readdirSync(MIGRATIONS))
    if (name <= BEFORE_THE_LEDGER)
      fs.cpSync(path.join(MIGRATIONS, name), path.join(directory, name), { recursive: true })
  await migrate(url, { directory })
  ;({ teamId } = await fillOldStudio(client, COUNT))
  const t0 = performance.now(); const l=[] as string[]; const dir2 = path.join(temporaryFolder(), 'm2'); for (const name of fs.readdirSync(MIGRATIONS).sort()) { fs.cpSync(path.join(MIGRATIONS, name), path.join(dir2, name), { recursive: true }); if (name <= BEFORE_THE_LEDGER || name.endsWith('toml')) continue; const a = performance.now(); l.push(...await migrate(url, { directory: dir2 })); console.log(name, Math.round(performance.now() - a)) } console.log('MIGRATED', l.length, Math.round(performance.now() - t0), 'ms')
}, 900000)
afterAll(() => client.end(), 600000)

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
  const t0 = performance.now(); while (await rollUpUsage()); console.log('ROLLED', Math.round(performance.now() - t0), 'ms')
  const sums = await numbers(`
    SELECT (SELECT sum(generations) FROM "UsageDay" WHERE "teamId" = '${teamId}') AS generations,
      (SELECT sum(credits) FROM "UsageDay") AS credits,
      (SELECT sum(credits) FROM "LedgerEntry" WHERE kind IN ('settle', 'release')) AS settled,
      (SELECT count(*) FROM "UsageChange") AS left`)
  expect(sums).toMatchObject({ generations: COUNT - 8, credits: sums.settled, left: 0 })
})
