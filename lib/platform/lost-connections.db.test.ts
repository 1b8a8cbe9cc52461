import { afterAll, beforeAll, expect, test } from 'vitest'
import { endAfterAnswer, openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { connectionCounts, db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

let proxy: TcpProxy
let isStopping = false
beforeAll(async () => {
  proxy = await openTcpProxyTo(process.env.DATABASE_URL ?? '', {
    received: () => endAfterAnswer(() => isStopping),
  })
  env().DATABASE_URL = proxy.url
})
afterAll(async () => {
  await db().$disconnect()
  await proxy?.shut()
})

test('a server that ends its sessions with their last answers ends no process, and who waited for one is told', async () => {
  const { most } = connectionCounts()
  const work = () =>
    Array.from({ length: most }, () =>
      db().$queryRaw`SELECT pg_sleep(0.3)::text`.then(() => 'answered', String),
    )
  await Promise.all(work()) // every connection is open
  const busy = work()
  isStopping = true
  const waiting = Array.from({ length: most }, () =>
    db()
      .$transaction((tx) => tx.team.count())
      .then(() => 'answered', isDatabaseGone),
  )
  expect(new Set(await Promise.all(busy))).toEqual(new Set(['answered']))
  isStopping = false
  expect(new Set(await Promise.all(waiting))).toContain(true)
  expect(await db().team.count()).toBe(0)
})
