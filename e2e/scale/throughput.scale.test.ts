import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCluster } from '@/e2e/support/cluster'
import { createTestDatabase } from '@/e2e/support/test-database'
import { answerWithImages, startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import { waitUntil } from '@/scripts/processes.mjs'

/**
 * How many creates a second a studio takes and ends, and thumbnails it makes meanwhile and afterwards, by its number of
 * processes, with an image service that answers at once.
 */
const CREATES = 300
const AT_ONCE = 16
const ENDED = `"Generation" WHERE status = 'succeeded'`
const WITHOUT_THUMBNAIL = `"Image" WHERE state = 'completed' AND placeholder IS NULL`

let upstream: FakeUpstream
beforeAll(async () => {
  upstream = await startUpstream(answerWithImages())
})
afterAll(() => upstream?.close())

test.each([
  { processes: 1, web: 1, workers: 0 },
  { processes: 2, web: 1, workers: 1 },
  { processes: 4, web: 2, workers: 2 },
])(
  '$processes processes',
  async ({ processes, web, workers }) => {
    const store = JSON.parse(process.env.OBJECT_STORE_UNDER_TEST ?? '')
    const databaseUrl = await createTestDatabase()
    const cluster = await startCluster({ web, workers, upstream, store, slots: AT_ONCE, databaseUrl })
    const database = new pg.Client({ connectionString: databaseUrl })
    await database.connect()
    try {
      const create = async (prompt: string) => {
        const answer = await cluster.client.submit({ prompt })
        expect(answer.status).toBe(202)
        await answer.arrayBuffer()
      }
      await Promise.all(Array.from({ length: 10 }, (_, at) => create(`warm ${at}`))) // the first of a process cost more
      const count = async (what: string) => {
        const { rows } = await database.query(`SELECT count(*)::int AS n FROM ${what}`)
        return rows[0]?.n
      }
      const are = (many: number, what: string) =>
        waitUntil(async () => (await count(what)) === many, { timeoutMs: 120_000 })
      expect(await are(10, ENDED)).toBe(true)
      expect(await are(0, WITHOUT_THUMBNAIL)).toBe(true)
      upstream.calls = []
      let left = CREATES
      const startedAt = performance.now()
      const one = async () => {
        while (left > 0) await create(`create ${(left -= 1)}`)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, one))
      const acceptedS = (performance.now() - startedAt) / 1_000
      expect(await are(10 + CREATES, ENDED)).toBe(true)
      const endedS = (performance.now() - startedAt) / 1_000
      expect(await are(0, WITHOUT_THUMBNAIL)).toBe(true)
      const shownS = (performance.now() - startedAt) / 1_000
      expect(upstream.calls).toHaveLength(CREATES)
      const perSecond = (seconds: number) => (CREATES / seconds).toFixed(1)
      console.log(
        `${processes} processes: ${perSecond(acceptedS)} creates/s taken, ${perSecond(endedS)} ended, ${perSecond(shownS)} thumbnails/s`,
      )
    } finally {
      await database.end()
      await cluster.stop()
    }
  },
  300_000,
)
