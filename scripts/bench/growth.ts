import pg from 'pg'
import { createAt } from '@/scripts/bench/creates'
import { round } from '@/scripts/bench/drop-in'
import { load } from '@/scripts/bench/load'
import type { Stage } from '@/scripts/bench/stage'
import { waitUntil } from '@/scripts/processes.mjs'

const GENERATIONS = 500
const SAMPLE = 4
const PROMPT =
  'a quiet harbour at first light, two fishing boats, mist above the water, seen from the pier, soft colours, wide lens, no people '

/** What the database grows by with each image, of generations of four with a prompt of 150 characters: bytes by table. */
export async function measureGrowth({ studio, databaseUrl, apiKey }: Stage) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const before = await sizes(client)
    let serial = 0
    const shot = () =>
      createAt(studio.url, { apiKey, prompt: `${PROMPT}${serial++} ${performance.now()}`, sample: SAMPLE })
    await load(shot, { count: GENERATIONS, inFlight: 8 })
    const missing = async () =>
      Number((await client.query('SELECT count(*) FROM "Image" WHERE "thumbnailId" IS NULL')).rows[0].count)
    if (!(await waitUntil(async () => (await missing()) === 0, { timeoutMs: 300_000 })))
      throw new Error(`${await missing()} thumbnails were not made.`)
    const after = await sizes(client)
    const images = GENERATIONS * SAMPLE
    const grown = Object.entries(after).map(([table, bytes]) => ({
      table,
      bytesPerImage: round((bytes - (before[table] ?? 0)) / images),
    }))
    const all = grown.reduce((sum, { bytesPerImage }) => sum + bytesPerImage, 0)
    return [
      ...grown.filter(({ bytesPerImage }) => bytesPerImage >= 1),
      { table: 'all', bytesPerImage: round(all) },
    ]
  } finally {
    await client.end()
  }
}

/** Bytes of each table with its indexes, without rows that are dead. */
async function sizes(client: pg.Client): Promise<Record<string, number>> {
  await client.query('VACUUM FULL')
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`,
  )
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)]))
}
