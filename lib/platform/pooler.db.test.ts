import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findPgBouncer, startPgBouncer } from '@/e2e/support/pgbouncer'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { catchUp, isLive, publish, startListening, stopListening, subscribe } from '@/lib/platform/events'
import { PREPARED } from '@/lib/platform/prepared'
import { livingProcesses } from '@/lib/platform/process'
import { sqlTransaction, write } from '@/lib/platform/sql-transaction'
import { Prisma } from '@/prisma/generated/client'
import { migrate } from '@/scripts/migrate.mjs'

const program = findPgBouncer()
const direct = process.env.DATABASE_URL ?? ''
const name = 'studio-web-11111111-1111-4111-8111-111111111111'

/** A real PgBouncer in transaction mode; on a machine that has none and cannot get one these say that they are skipped. */
describe.runIf(program)('behind PgBouncer in transaction mode', () => {
  let pooler: Awaited<ReturnType<typeof startPgBouncer>>
  beforeAll(async () => {
    pooler = await startPgBouncer(program ?? '', direct)
    env().DATABASE_URL = pooler.url
  }, 150_000)
  afterEach(() => stopListening())
  afterAll(async () => {
    await db().$disconnect()
    await pooler?.stop()
  })

  test('listening through it is refused in one sentence that says what to set', async () => {
    env().DATABASE_DIRECT_URL = undefined
    await expect(startListening(name)).rejects.toThrow('set DATABASE_DIRECT_URL')
    expect(isLive()).toBe(false)
  })

  test('with the direct address beside it events are heard, and the process is seen to live', async () => {
    env().DATABASE_DIRECT_URL = direct
    await startListening(name)
    expect(isLive()).toBe(true)
    const heard: string[] = []
    const stop = subscribe((event) => void (event.kind === 'team' && heard.push(event.id)))
    const tell = (id: number) => publish(db(), { team: '*', kind: 'team', id: String(id) }) // planned once elsewhere
    for (let round = 0; round < 3; round += 1)
      await Promise.all(Array.from({ length: 20 }, (_, at) => tell(at)))
    await catchUp()
    stop()
    expect(heard).toHaveLength(60)
    expect((await livingProcesses()).ids).toEqual(new Set(['11111111-1111-4111-8111-111111111111']))
  })

  test('of transactions whose statements do not wait for each other each has its own answers, also beside those that fail', async () => {
    env().DATABASE_DIRECT_URL = direct
    const count = (n: number) =>
      sqlTransaction(async (tx) => {
        await write(tx, Prisma.sql`${PREPARED} SELECT set_config('studio.n', ${`${n}`}, true)`)
        if (n % 5 === 0) await write(tx, Prisma.sql`SELECT 1 / (${n}::int - ${n}::int)`)
        const own = await tx.$queryRaw<
          object[]
        >`SELECT ${n}::int AS asked, current_setting('studio.n')::int AS set`
        if (n % 7 === 0) await write(tx, Prisma.sql`SELECT 1 / (${n}::int - ${n}::int)`) // COMMIT is on its way behind it
        return own
      }).catch(String)
    const numbers = Array.from({ length: 60 }, (_, n) => n)
    const division = expect.stringContaining('division by zero')
    const expected = numbers.map((n) => (n % 5 === 0 || n % 7 === 0 ? division : [{ asked: n, set: n }]))
    expect(await Promise.all(numbers.map(count))).toEqual(expected)
  })

  test('a direct address that leads to another database is refused', async () => {
    const elsewhere = new URL(direct)
    elsewhere.pathname = '/postgres'
    env().DATABASE_DIRECT_URL = elsewhere.href
    await expect(startListening(name)).rejects.toThrow('does not arrive')
  })

  test('every session is in UTC, whichever connection it is given', async () => {
    const beside = new pg.Client({ connectionString: direct })
    await beside.connect()
    await beside.query(`ALTER DATABASE "${new URL(direct).pathname.slice(1)}" SET timezone = 'Asia/Seoul'`)
    await beside.end()
    const zones = await Promise.all(
      Array.from({ length: 60 }, () => db().$queryRaw<{ TimeZone: string }[]>`SHOW TimeZone`),
    )
    expect(new Set(zones.map(([row]) => row?.TimeZone))).toEqual(new Set(['UTC']))
  })

  test('statements with parameters and transactions work, many at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        db().$transaction(async (tx) => {
          await tx.$executeRaw`SELECT pg_advisory_xact_lock(${at % 3})`
          return tx.team.create({ data: { slug: `pooled-${at}`, name: `Pooled ${at}` } })
        }),
      ),
    )
    expect(await db().team.count({ where: { id: { in: made.map(({ id }) => id) } } })).toBe(60)
  })

  test('migrating through it leaves no lock behind', async () => {
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(pooler.url)))
    expect(applied.flat()).toEqual([])
    const rows = await db().$queryRaw`SELECT 1 FROM pg_locks WHERE objid = 72707369 AND locktype = 'advisory'`
    expect(rows).toEqual([])
  })
})
