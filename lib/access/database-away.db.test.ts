import http from 'node:http'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'
import { answerDatabaseAway } from '@/lib/access/database-away'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { isLive, startListening, stopListening } from '@/lib/platform/events'

const direct = process.env.DATABASE_URL ?? ''
let proxy: TcpProxy
let server: http.Server
let url: string
let asked = 0

/** Counts the questions on their way. */
function counting() {
  const way = new PassThrough()
  way.on('data', (bytes: Buffer) => {
    if (bytes.includes('SELECT 1\0')) asked += 1
  })
  return way
}

beforeAll(async () => {
  proxy = await openTcpProxyTo(direct, { sent: counting })
  env().DATABASE_URL = proxy.url
  server = http.createServer((request, response) => {
    void Promise.resolve(answerDatabaseAway(request, response)).then((is) => is || response.end('a page'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/t/team/create`
})
afterAll(async () => {
  await stopListening()
  await db().$disconnect()
  await proxy?.shut()
  server?.closeAllConnections()
})

const load = async () => (await fetch(url)).status

test('pages ask the database once a second while its connection is seen to live, and each time once it is not', async () => {
  await startListening('studio-web-test')
  asked = 0
  const startedAt = performance.now()
  for (let page = 0; page < 40; page += 1) expect(await load()).toBe(200)
  const own = Math.ceil((performance.now() - startedAt) / 1_000)
  expect(asked).toBeLessThanOrEqual(1 + 2 * own) // and once in five seconds the connection itself
  await stopListening()
  asked = 0
  for (let page = 0; page < 5; page += 1) expect(await load()).toBe(200)
  expect(asked).toBe(5)
})

test('a database that went a moment ago is noticed with the next page', async () => {
  await startListening('studio-web-test')
  expect([await load(), await load()]).toEqual([200, 200])
  await proxy.shut()
  await expect.poll(isLive).toBe(false) // at once, but not in the same turn
  expect(await load()).toBe(503)
  await proxy.open()
  await expect.poll(load).toBe(200)
  await stopListening()
})

test('behind a pooler, which may go alone, each page asks', async () => {
  env().DATABASE_DIRECT_URL = direct
  await startListening('studio-web-test')
  expect([await load(), await load()]).toEqual([200, 200])
  await proxy.shut()
  expect(await load()).toBe(503)
  await proxy.open()
})
