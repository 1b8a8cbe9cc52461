import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { DAY_MS } from '@/lib/platform/durations'
import { round } from '@/scripts/bench/drop-in'
import type { Stage } from '@/scripts/bench/stage'

const SIZES = { small: 1_000, large: 1_000_000 }
const TIMES = 40
const PEOPLE = 50

const ASKED = {
  'this month, by member': '?by=member',
  'this month, by style': '?by=style',
  'this month, mine, by day': '?by=day&whose=mine',
  'a year, by day': `?by=day&from=${daysAgo(364)}&to=${daysAgo(0)}`,
  'a year, by member': `?by=member&from=${daysAgo(364)}&to=${daysAgo(0)}`,
  'a year, by outcome': `?by=outcome&from=${daysAgo(364)}&to=${daysAgo(0)}`,
}
type Row = { asked: string; smallMs: number; largeMs: number; largeP95Ms: number }

/** What the usage takes in a team of a million generations of fifty people in a year, whose today is not rolled up. */
export async function measureUsage(stage: Stage): Promise<Row[]> {
  const small = await openTeam(stage, 'Usage small', SIZES.small)
  const large = await openTeam(stage, 'Usage large', SIZES.large)
  const rows: Row[] = []
  for (const [asked, query] of Object.entries(ASKED)) {
    const [few, many] = [await times(() => small(query)), await times(() => large(query))]
    rows.push({ asked, smallMs: at(few, 0.5), largeMs: at(many, 0.5), largeP95Ms: at(many, 0.95) })
  }
  return rows
}

async function openTeam({ studio, cookie, databaseUrl }: Stage, name: string, count: number) {
  const headers = { cookie, origin: studio.url, 'content-type': 'application/json' }
  const made = await fetch(`${studio.url}/api/v1/teams`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name }),
  })
  const { id, slug }: { id: string; slug: string } = await made.json()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await fill(client, id, count).finally(() => client.end())
  return async (query: string) => {
    const answer = await fetch(`${studio.url}/api/v1/usage${query}`, {
      headers: { ...headers, 'x-studio-team': slug },
    })
    if (!answer.ok) throw new Error(`/usage${query} answered ${answer.status}.`)
    await answer.arrayBuffer()
  }
}

/** Generations of the last year with their ends; waits until the product has rolled up all but what changes again today. */
async function fill(client: pg.Client, teamId: string, count: number): Promise<void> {
  const people = Array.from({ length: PEOPLE }, () => randomUUID())
  await client.query(
    `INSERT INTO "User" (id, email, name) SELECT id, id || '@bench.test', 'Person' FROM unnest($1::uuid[]) id`,
    [people],
  )
  await client.query(
    `INSERT INTO "Generation" (id, "teamId", "makerId", principal, "accountId", status, charged, "sentAt", "finishedAt", "groupId",
       prompt, ratio, sample, "sourceKind", "styleId", request, "requestHash", "createdAt")
     SELECT gen_random_uuid(), $1, ($2::uuid[])[1 + i % ${PEOPLE}], 'bench', (SELECT id FROM "UpstreamAccount" LIMIT 1),
       CASE WHEN i % 20 = 0 THEN 'canceled' ELSE 'succeeded' END::"GenerationStatus", 'yes', at, at, 'bench', 'a pear', '1:1', 4,
       'style', 101 + i % 60, '{}', 'bench', at
     FROM (SELECT i, now() - i * interval '365 days' / $3 AS at FROM generate_series(0, $3::int - 1) i) made`,
    [teamId, people, count],
  )
  await client.query(
    `INSERT INTO "LedgerEntry" (kind, "accountId", "teamId", "makerId", "generationId", sample, images, credits)
     SELECT CASE status WHEN 'canceled' THEN 'release' ELSE 'settle' END::"LedgerKind", "accountId", "teamId", "makerId", id, 4,
       CASE status WHEN 'canceled' THEN 0 ELSE 4 END, CASE status WHEN 'canceled' THEN 0 ELSE 4 END
     FROM "Generation" WHERE "teamId" = $1`,
    [teamId],
  )
  await client.query('ANALYZE')
  for (;;) {
    const { rows } = await client.query('SELECT count(*)::int AS left FROM "UsageChange"')
    if (rows[0].left === 0) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await client.query('INSERT INTO "UsageChange" ("teamId", at) VALUES ($1, now())', [teamId])
}

async function times(ask: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const startedAt = performance.now()
    await ask()
    took.push(performance.now() - startedAt)
  }
  return took.toSorted((a, b) => a - b)
}

const at = (sorted: number[], share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}
