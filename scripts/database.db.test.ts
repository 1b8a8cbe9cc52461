import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { connectTo, errorResponse, openTcpProxyTo } from '@/e2e/support/tcp-proxy'
import { createEmptyDatabase, createTestDatabase } from '@/e2e/support/test-database'
import { migrateWhenReachable } from '@/scripts/database.mjs'
import { waitUntil } from '@/scripts/processes.mjs'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test('a database that is not there yet is waited for', async () => {
  const proxy = await openTcpProxyTo(await createTestDatabase())
  closing.push(() => proxy.shut())
  await proxy.shut()
  const opening = migrateWhenReachable(proxy.url, { waitS: 60 })
  await waitUntil(() => false, { timeoutMs: 1_200 }) // two tries
  await proxy.open()
  expect(await opening).toEqual([])
})

test('a database that is still starting (57P03) is waited for', async () => {
  const proxy = await openTcpProxyTo(await createTestDatabase())
  closing.push(() => proxy.shut())
  let refused = 0
  const starting = net.createServer((front) => {
    front.on('error', () => front.destroy())
    if (refused < 3) {
      refused += 1
      front.once('data', () => front.end(errorResponse('57P03', 'the database system is starting up')))
      return
    }
    const back = net.connect(Number(new URL(proxy.url).port), '127.0.0.1')
    back.on('error', () => front.destroy())
    back.on('close', () => front.destroy())
    front.on('close', () => back.destroy())
    front.pipe(back).pipe(front)
  })
  await new Promise<void>((resolve) => starting.listen(0, '127.0.0.1', resolve))
  closing.push(() => starting.close())
  const address = starting.address()
  const url = new URL(proxy.url)
  url.port = String(typeof address === 'object' ? address?.port : '')
  expect(await migrateWhenReachable(url.href, { waitS: 60 })).toEqual([])
  expect(refused).toBe(3)
})

test('what waiting cannot mend is one sentence at once', async () => {
  const url = new URL(await createTestDatabase())
  url.pathname = '/not_there'
  const askedAt = performance.now()
  await expect(migrateWhenReachable(url.href, { waitS: 60 })).rejects.toThrow(
    'cannot be used: database "not_there"',
  )
  expect(performance.now() - askedAt).toBeLessThan(20_000)
})

test('a database that cannot hold every letter is one sentence at once', async () => {
  const url = new URL(await createEmptyDatabase())
  const beside = await connectTo(url.href)
  const name = `${url.pathname.slice(1)}_ascii`
  await beside.query(
    `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`,
  )
  await beside.end()
  url.pathname = `/${name}`
  await expect(migrateWhenReachable(url.href, { waitS: 60 })).rejects.toThrow(
    "cannot be used: The database keeps its text in SQL_ASCII: make it anew with ENCODING 'UTF8'.",
  )
})

test('a copy is waited for until it takes over', async () => {
  const url = await createEmptyDatabase()
  const beside = await connectTo(url)
  closing.push(() => beside.end())
  const name = new URL(url).pathname.slice(1)
  await beside.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
  await expect(migrateWhenReachable(url, { waitS: 1 })).rejects.toThrow('in a read-only transaction')
  const opening = migrateWhenReachable(url, { waitS: 60 })
  await waitUntil(() => false, { timeoutMs: 1_200 }) // two tries
  await beside.query(`SET default_transaction_read_only = off`)
  await beside.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
  expect(await opening).not.toEqual([])
})

test('a database that does not come is one sentence after the wait', async () => {
  await expect(migrateWhenReachable('postgresql://127.0.0.1:1/x', { waitS: 1 })).rejects.toThrow(
    'The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED)',
  )
})
