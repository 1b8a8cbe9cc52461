import { Transform } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { connectTo, openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { connectionCounts, db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { PREPARED } from '@/lib/platform/prepared'
import { sql, sqlTransaction, write, type SqlTx } from '@/lib/platform/sql-transaction'
import { Prisma } from '@/prisma/generated/client'

const direct = process.env.DATABASE_URL ?? ''
/** What is cut off when this side says it. */
let cutAt: string | undefined
/** How often this side began to speak after the other had. */
let turns = 0
let isAnswered = true
const counting = () =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (cutAt && chunk.includes(cutAt)) return done(new Error('cut'))
      if (isAnswered) turns += 1
      isAnswered = false
      done(null, chunk)
    },
  })
const hearing = () =>
  new Transform({
    transform(chunk, _encoding, done) {
      isAnswered = true
      done(null, chunk)
    },
  })

let proxy: TcpProxy
let id = ''
beforeAll(async () => {
  proxy = await openTcpProxyTo(direct, { sent: counting, received: hearing })
  env().DATABASE_URL = proxy.url
  id = (await makeTeam()).id
})
afterAll(async () => {
  await db().$disconnect()
  await proxy.shut()
})

const rename = (name: string) =>
  Prisma.sql`${PREPARED} UPDATE "Team" SET name = ${name} WHERE id = ${id}::uuid`
const refused = () => Prisma.sql`UPDATE "Team" SET slug = NULL WHERE id = ${id}::uuid`
const nameNow = async () => (await db().team.findUnique({ where: { id } }))?.name

test('rows come as they come from Prisma', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  await makeGeneration(actor, { styleId: Number.MAX_SAFE_INTEGER })
  const ask = (tx: SqlTx) => tx.$queryRaw<object[]>`
    SELECT g.*, i.*, count(*) OVER () AS all, 1.5::float8 AS half, true AS yes, NULL::bigint AS nothing, ARRAY['a', '"b"'] AS list,
      ${new Date(1_234)}::timestamptz AS at, ${9_007_199_254_740_993n}::bigint AS large, json_build_object('a', ARRAY[1]) AS tree
    FROM "Generation" g JOIN "Image" i ON i."generationId" = g.id WHERE g."teamId" = ${actor.teamId}::uuid`
  const [row] = await ask(db())
  expect(row).toMatchObject({
    large: 9_007_199_254_740_993n,
    at: new Date(1_234),
    request: expect.any(Object),
  })
  expect(await ask(sql)).toEqual([row])
  expect(await sqlTransaction(ask)).toEqual([row])
})

test('what does not wait for an answer goes out in one turn, in order', async () => {
  const rewrite = () =>
    sqlTransaction(async (tx) => {
      await write(tx, rename('first'))
      await write(tx, rename('second'))
    })
  await rewrite() // a connection is open and has its plan
  turns = 0
  await rewrite()
  expect(turns).toBe(1)
  expect(await nameNow()).toBe('second')
})

test('COMMIT goes out behind a statement whose result is wanted', async () => {
  await sqlTransaction((tx) => tx.$executeRaw(rename('before')))
  turns = 0
  const [count] = await sqlTransaction((tx) => Promise.all([tx.$executeRaw(rename('after')), tx.$commit()]))
  expect({ count, turns }).toEqual({ count: 1, turns: 1 })
  expect(await nameNow()).toBe('after')
})

test.each([
  ['a statement is refused', (tx: SqlTx) => tx.$executeRaw(refused()), 'null value in column "slug"'],
  [
    'one is refused that nobody waits for',
    (tx: SqlTx) => write(tx, refused()),
    'null value in column "slug"',
  ],
  [
    'one is refused before another is waited for',
    async (tx: SqlTx) => {
      await write(tx, refused())
      await tx.$queryRaw`SELECT 1 AS n`
    },
    'null value in column "slug"',
  ],
  ['SQL is none', (tx: SqlTx) => write(tx, Prisma.sql`SELEC 1`), 'syntax error'],
  ['the work throws', () => Promise.reject(new Error('no')), 'no'],
])('nothing is written, and the connection is of use, where %s', async (_, work, message) => {
  await sqlTransaction((tx) => write(tx, rename('kept')))
  const failing = sqlTransaction(async (tx) => {
    await write(tx, rename('lost'))
    await work(tx)
    await write(tx, rename('lost too'))
  })
  await expect(failing).rejects.toThrow(message)
  const { busy } = connectionCounts()
  expect({ name: await nameNow(), busy }).toEqual({ name: 'kept', busy: 0 })
  await sqlTransaction((tx) => write(tx, rename('once more')))
  expect(await nameNow()).toBe('once more')
})

test.each([
  ['was committed', async () => {}],
  ['was rolled back', () => Promise.reject(new Error('no'))],
])('nothing can be asked in a transaction that %s', async (_, end) => {
  await sqlTransaction((tx) => write(tx, rename('kept')))
  let ended: SqlTx | undefined
  await sqlTransaction((tx) => {
    ended = tx
    return end()
  }).catch(() => undefined)
  for (const ask of [(tx: SqlTx) => write(tx, rename('late')), (tx: SqlTx) => tx.$executeRaw(rename('late'))])
    await expect(ask(ended ?? db())).rejects.toThrow('The transaction has ended.')
  expect(await nameNow()).toBe('kept')
})

test('a connection that is cut in between says that the database is gone, commits nothing and is not used again', async () => {
  await sqlTransaction((tx) => write(tx, rename('kept')))
  const cut = sqlTransaction(async (tx) => {
    await write(tx, rename('lost'))
    const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    const beside = await connectTo(direct)
    await beside.query('SELECT pg_terminate_backend($1)', [own?.pid])
    await beside.end()
    await tx.$queryRaw`SELECT pg_sleep(10)`
  })
  await expect(cut).rejects.toSatisfy((error) => isDatabaseGone(error))
  expect({ name: await nameNow(), busy: connectionCounts().busy }).toEqual({ name: 'kept', busy: 0 })
})

test.each([
  ['that is asked for', (tx: Parameters<Parameters<typeof sqlTransaction>[0]>[0]) => tx.$commit()],
  ['at the end', async () => {}],
])('a connection that is cut at the COMMIT %s is one failure, told once', async (_, end) => {
  const unhandled: unknown[] = []
  const hear = (error: unknown) => void unhandled.push(error)
  process.on('unhandledRejection', hear)
  const cut = sqlTransaction(async (tx) => {
    await write(tx, rename('lost'))
    await tx.$queryRaw`SELECT 1 AS n`
    cutAt = 'COMMIT'
    await end(tx)
  })
  await expect(cut).rejects.toSatisfy((error) => isDatabaseGone(error))
  cutAt = undefined
  expect(await nameNow()).not.toBe('lost') // and by then Node has told of what nobody handled
  process.off('unhandledRejection', hear)
  expect({ unhandled, busy: connectionCounts().busy }).toEqual({ unhandled: [], busy: 0 })
})
