import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { temporaryFolder } from '@/e2e/support/folders'
import { findPgBouncer, startPgBouncer } from '@/e2e/support/pgbouncer'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { connectTo, forgetTimeZone, loseNotifications, openTcpProxyTo } from '@/e2e/support/tcp-proxy'
import { createTestDatabase } from '@/e2e/support/test-database'

vi.setConfig({ testTimeout: 300_000 }) // several starts in each

const home = temporaryFolder()
const bouncer = findPgBouncer()
let databaseUrl: string
let studio: Studio | undefined
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  const beside = await connectTo(databaseUrl)
  await beside.query(`ALTER DATABASE "${new URL(databaseUrl).pathname.slice(1)}" SET timezone = 'Asia/Seoul'`)
  await beside.end()
})
afterEach(async () => {
  await studio?.sigterm()
  studio = undefined
  for (const close of closing.splice(0)) await close()
})

async function proxy(changes: Parameters<typeof openTcpProxyTo>[1]) {
  const { url, shut } = await openTcpProxyTo(databaseUrl, changes)
  closing.push(shut)
  return url
}

async function pooler() {
  const { url, stop } = await startPgBouncer(bouncer ?? '', databaseUrl)
  closing.push(stop)
  return url
}

let serial = 0
/** One data directory for all, as all are one database. */
const dataDir = path.join(home, 'data')
fs.mkdirSync(dataDir, { mode: 0o700 })

type Addresses = { url: string; directUrl?: string }
const begin = async ({ url, directUrl }: Addresses) => {
  const env = { ...(directUrl && { DATABASE_DIRECT_URL: directUrl }), FLAMEL_API_KEY: 'flm-none' }
  studio = await startStudio({
    databaseUrl: url,
    dataDir,
    env: { ...env, FLAMEL_API_URL: 'http://127.0.0.1:1' },
  })
  return studio
}

/** What `npm run -s studio -- doctor` says, and how it ends. */
async function doctor({ url, directUrl }: Addresses) {
  const { exited, logs } = spawnNode(['scripts/studio.mjs', 'doctor'], {
    env: {
      DATABASE_URL: url,
      DATABASE_DIRECT_URL: directUrl,
      STUDIO_DATA_DIR: dataDir,
      STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
    },
    logFile: path.join(home, `doctor-${(serial += 1)}.log`),
  })
  const { code } = await exited
  const wrong = logs()
    .split('\n')
    .filter((line) => line.startsWith('WRONG'))
  return { code, wrong, said: logs() }
}

const TIME_ZONE = /forgets the time zone that its sessions ask for: say ALTER ROLE … SET timezone = 'UTC'/
const NOT_HEARD =
  /does not arrive, as behind a pooler .* set DATABASE_DIRECT_URL to the address of the same database/

const one = (sentence: RegExp) => [expect.stringMatching(sentence)]

test('a database that keeps no session’s time zone is refused, with the statement that mends it', async () => {
  const url = await proxy({ sent: forgetTimeZone })
  await expect(begin({ url })).rejects.toThrow(TIME_ZONE)
  expect(await doctor({ url })).toMatchObject({ code: 1, wrong: one(TIME_ZONE) })
  const beside = await connectTo(databaseUrl)
  const { rows } = await beside.query('SELECT current_user AS name')
  await beside.query(`ALTER ROLE "${rows[0].name}" SET timezone = 'UTC'`)
  try {
    await begin({ url })
    expect(await doctor({ url })).toMatchObject({ code: 0, wrong: [] })
  } finally {
    await beside.query(`ALTER ROLE "${rows[0].name}" RESET timezone`)
    await beside.end()
  }
})

const kinds = [
  { kind: 'a pooler that loses what is announced', open: () => proxy({ received: loseNotifications }) },
  ...(bouncer ? [{ kind: 'PgBouncer in transaction mode', open: pooler }] : []),
]

/** The processes that others take for alive. */
async function livingStudios() {
  const beside = await connectTo(databaseUrl)
  const { rows } = await beside.query(
    `SELECT application_name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'studio-%'`,
  )
  await beside.end()
  return rows
}

describe.each(kinds)('$kind', ({ open }) => {
  test('is refused with the setting that mends it; with DATABASE_DIRECT_URL the studio works', async () => {
    const url = await open()
    await expect(begin({ url })).rejects.toThrow(NOT_HEARD)
    await expect.poll(livingStudios).toEqual([]) // the server sees a moment later that they have gone
    expect(await doctor({ url })).toMatchObject({ code: 1, wrong: one(NOT_HEARD) })
    const health = await fetch(`${(await begin({ url, directUrl: databaseUrl })).url}/api/health`)
    expect(await health.json()).toMatchObject({ status: 'ok', database: 'ok' })
    const { code, wrong, said } = await doctor({ url, directUrl: databaseUrl })
    expect([code, wrong]).toEqual([0, []])
    expect(said).toMatch(/^ok .*LISTEN\/NOTIFY/m)
  })
})
