import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTo } from '@/e2e/support/tcp-proxy'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { db } from '@/lib/platform/db'
import { isLive, startListening, stopListening } from '@/lib/platform/events'

const url = process.env.DATABASE_URL ?? ''
const name = new URL(url).pathname.slice(1)
let beside: Awaited<ReturnType<typeof connectTo>>
beforeAll(async () => {
  beside = await connectTo(url)
})
afterAll(async () => {
  await stopListening()
  await db().$disconnect()
  await beside.end()
})

/** What a failover does to whoever is connected: all are cut, and the address leads to a copy until it is moved. */
async function failOver() {
  await beside.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
  await beside.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
    [name],
  )
}
const add = () => db().team.create({ data: { slug: crypto.randomUUID(), name: 'Team' } })

test('after a failover a connection to the old server, now a copy, is none: the database is away until it is found', async () => {
  await startListening('studio-web-test')
  await Promise.all(Array.from({ length: 6 }, add))
  await failOver()
  await expect.poll(isLive).toBe(false)
  for (let tries = 0; tries < 12; tries += 1) {
    const error = await db()
      .team.count()
      .then(() => 'answered by a copy', String)
    expect(error).not.toBe('answered by a copy')
  }
  await expect(add()).rejects.toSatisfy((error) => isDatabaseGone(error))
  await beside.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
  expect((await add()).name).toBe('Team')
  await expect.poll(isLive).toBe(true)
})

test.each([
  ['a model', () => db().team.findMany()],
  ['a statement', () => db().$queryRaw`SELECT id FROM "Team"`],
  ['a change', () => add()],
  ['a transaction', () => db().$transaction((tx) => tx.team.findMany())],
])('%s that a stopping server cuts is told that the database is away', async (_name, ask) => {
  await beside.query('BEGIN')
  await beside.query('LOCK TABLE "Team"')
  const asked = ask().catch((error: unknown) => error)
  await expect.poll(cutWaiting).toBeGreaterThan(0)
  await beside.query('ROLLBACK')
  expect(isDatabaseGone(await asked)).toBe(true)
})

/** Ends whoever waits for a lock, and says how many. */
async function cutWaiting(): Promise<number> {
  const { rowCount } = await beside.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks
     WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = $1)`,
    [name],
  )
  return rowCount ?? 0
}
