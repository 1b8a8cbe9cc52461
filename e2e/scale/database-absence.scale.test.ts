import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  absentUnderLoad,
  prepareAbsence,
  restartOf,
  type AbsenceStage,
  type Front,
} from '@/e2e/support/database-absence'
import { startLoad } from '@/e2e/support/load'
import { callsOf } from '@/e2e/support/ledger'
import { findPgBouncer, startPgBouncer } from '@/e2e/support/pgbouncer'
import { connectTo, openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'

vi.setConfig({ testTimeout: 300_000 })

const pooler = findPgBouncer()
/** It asks a server that refused it once in fifteen seconds. */
const POOLER_ASKS_AGAIN_MS = 25_000
const openPooler = async (databaseUrl: string): Promise<Front> => ({
  ...(await startPgBouncer(pooler ?? '', databaseUrl)),
  directUrl: databaseUrl,
})
let stage: AbsenceStage | undefined
afterEach(async () => {
  await stage?.stop()
  stage = undefined
})

test('a database is away for a minute under load: 503, nothing lost, back by itself', async () => {
  stage = await prepareAbsence()
  await absentUnderLoad(stage, restartOf(stage, { signal: 'SIGQUIT', awayS: 60 }))
})

test.each(['SIGINT', 'SIGQUIT', 'SIGKILL'] as const)(
  'a database is restarted again and again by %s',
  async (signal) => {
    stage = await prepareAbsence()
    for (const awayS of [0, 0.2, 0, 1, 0]) await absentUnderLoad(stage, restartOf(stage, { signal, awayS }))
  },
)

test('the network to it is lost without a word: whoever waits is told, and new connections serve once they can', async () => {
  let proxy: TcpProxy | undefined
  stage = await prepareAbsence(async (databaseUrl) => {
    proxy = await openTcpProxyTo(databaseUrl)
    return { url: proxy.url, stop: proxy.shut }
  })
  await absentUnderLoad(stage, {
    awayS: 30,
    go: () => proxy?.freeze(),
    comeBack: () => proxy?.thaw(),
    answeredWithinMs: 80_000,
    backWithinMs: 80_000,
  })
})

describe.runIf(pooler)('behind PgBouncer in transaction mode', () => {
  test('the studio works under load: no statement breaks, and events come on the direct connection', async () => {
    stage = await prepareAbsence(openPooler)
    const { client, image, page, database, sandbox } = stage
    const load = startLoad(client, { prompt: 'pooled', image, page })
    await expect.poll(() => load.accepted.size, { timeout: 60_000 }).toBeGreaterThan(60)
    const beside = await connectTo(database.urlOf('studio', 'socket'))
    const { rows } = await beside.query(
      `SELECT application_name LIKE 'studio-dispatcher-%' AS listens, count(*)::int FROM pg_stat_activity
       WHERE datname = 'studio' AND client_addr IS NOT NULL GROUP BY 1 ORDER BY 1`,
    )
    await beside.end()
    await load.stop()
    expect(rows).toEqual([
      { listens: false, count: 3 },
      { listens: true, count: 1 },
    ])
    expect(load.answers.filter(({ status }) => ![200, 202].includes(status))).toEqual([])
    expect(load.heardAt.length).toBeGreaterThan(60)
    for (const [prompt, id] of load.accepted) {
      expect((await client.ended(id)).status).toBe('succeeded')
      expect(await callsOf(sandbox, prompt)).toHaveLength(1)
    }
  })

  test('a database is away for a minute behind it: 503, nothing lost, back by itself', async () => {
    stage = await prepareAbsence(openPooler)
    const restart = restartOf(stage, { signal: 'SIGKILL', awayS: 60 })
    // the pooler holds what is asked until the server is back; what is silent for a minute is given up
    await absentUnderLoad(stage, { ...restart, backWithinMs: POOLER_ASKS_AGAIN_MS, answeredWithinMs: 70_000 })
  })
})
