import { readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { beginDraining } from '@/lib/platform/draining'
import { env } from '@/lib/platform/env'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'
import { answerOperations } from '@/lib/system/operations'

let server: http.Server
let url: string

beforeAll(async () => {
  server = http.createServer(
    (request, response) => void (answerOperations(request, response) || response.writeHead(418).end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  await startListening(connectionName(false))
  await demandOwnDirectory()
})
afterAll(async () => {
  server.close()
  await stopListening()
})

async function ask(address: string) {
  const answer = await fetch(`${url}${address}`)
  return { status: answer.status, body: await answer.json() }
}
const ready = { status: 'ready', database: 'ok', announcements: 'ok', migrations: 'done', storage: 'ok' }

describe('readiness', () => {
  test('waits for a migration that this program knows and the database has not', async () => {
    const [last] = await db().$queryRaw<{ id: string; at: Date }[]>`
      SELECT id, finished_at AS at FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`
    const set = (at: Date | null) =>
      db().$executeRaw`UPDATE _prisma_migrations SET finished_at = ${at} WHERE id = ${last?.id}`
    await set(null)
    expect(await ask('/readyz')).toEqual({
      status: 503,
      body: { ...ready, status: 'not_ready', migrations: 'missing' },
    })
    await set(last?.at ?? null)
    expect(await ask('/readyz')).toEqual({ status: 200, body: ready })
  })

  test('needs the announcements of the database', async () => {
    await stopListening()
    expect(await ask('/readyz')).toEqual({
      status: 503,
      body: { ...ready, status: 'not_ready', announcements: 'lost' },
    })
    await startListening(connectionName(false))
    expect(await ask('/readyz')).toEqual({ status: 200, body: ready })
  })

  test('needs the data directory that belongs to the database', async () => {
    const file = path.join(env().dataDir, 'identity')
    const own = await readFile(file, 'utf8')
    await writeFile(file, '00000000-0000-4000-8000-000000000000\n')
    expect(await ask('/readyz')).toEqual({
      status: 503,
      body: { ...ready, status: 'not_ready', storage: 'away' },
    })
    await writeFile(file, own)
    expect((await ask('/readyz')).status).toBe(200)
  })
})

test('liveness asks nothing but the process; every other address is left alone', async () => {
  expect(await ask('/livez?verbose')).toEqual({ status: 200, body: { status: 'alive' } })
  const head = await fetch(`${url}/readyz`, { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('cache-control')]).toEqual([200, '', 'no-store'])
  expect((await fetch(`${url}/livez`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${url}/livezz`)).status).toBe(418)
})

test('a process that stops is alive and not ready', async () => {
  beginDraining()
  expect(await ask('/readyz')).toEqual({ status: 503, body: { ...ready, status: 'draining' } })
  expect((await ask('/livez')).status).toBe(200)
})
