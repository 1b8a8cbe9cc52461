import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '@/e2e/support/addresses'
import { makeClient, type Client } from '@/e2e/support/client'
import { peer } from '@/e2e/support/fault-peer'
import { callsOf, noteRow, printLedger } from '@/e2e/support/ledger'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { connectTo, openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'
import { createTestDatabase } from '@/e2e/support/test-database'
import { waitUntil } from '@/scripts/processes.mjs'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
})
afterAll(async () => {
  printLedger()
  await sandbox?.stop()
})

async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 20_000) {
  expect(await waitUntil(condition, { timeoutMs })).toBe(true)
}

type Noted = { fault: string; api?: string; prompt: string; status: string; images: number }

async function note({ fault, api = 'drop-in', prompt, status, images }: Noted) {
  const calls = await callsOf(sandbox, prompt)
  const charged = calls.reduce((sum, call) => sum + call.charged, 0)
  noteRow({ fault, api, calls: calls.length, charged, status, images })
  return calls.length
}

test.each([307, 308])(
  'redirected (%i) to another host: asked once, the key not sent on, and nobody says how it ended',
  async (code) => {
    const other = await peer((socket) => socket.end())
    const head = `HTTP/1.1 ${code} Moved\r\nLocation: ${other.url}/api/images/create\r\nContent-Length: 0\r\n\r\n`
    const flamel = await peer((socket) => socket.end(head))
    const studio = await startStudio({
      env: { FLAMEL_API_KEY: 'flm-redirected', FLAMEL_API_URL: `http://localhost:${flamel.port}` },
    })
    try {
      const client = await makeClient(studio)
      const answer = await client.dropIn({ prompt: 'through drop-in' })
      expect(answer.status).toBe(424)
      const { id }: { id: string } = await (await client.submit({ prompt: 'through v1' })).json()
      const asked = { 'drop-in': answer.headers.get('x-studio-generation') ?? '', v1: id }
      for (const [api, generation] of Object.entries(asked)) {
        const { status } = await client.ended(generation)
        const isCreate = (request: string) => request.startsWith('POST') && request.includes(`through ${api}`)
        const calls = flamel.received.filter(isCreate).length
        noteRow({ fault: `redirect ${code} to another host`, api, calls, charged: 0, status, images: 0 })
        expect({ status, calls }).toEqual({ status: 'unknown', calls: 1 })
      }
      expect(other.connections).toBe(0)
    } finally {
      await studio.stop()
    }
  },
)

describe('the database', () => {
  let databaseUrl: string
  let proxy: TcpProxy
  let studio: Studio
  let client: Client
  beforeAll(async () => {
    databaseUrl = await createTestDatabase()
    proxy = await openTcpProxyTo(databaseUrl)
    const env = { SANDBOX_PORT: String(sandbox.port), STUDIO_QUEUE_WAIT_S: '3' }
    studio = await startStudio({ databaseUrl: proxy.url, env })
    client = await makeClient(studio)
  })
  afterAll(async () => {
    await studio?.stop()
    await proxy?.shut()
  })

  test('gone before the request: 503, nothing is sent, and all is well when it is back', async () => {
    const prompt = 'asked without a database'
    await proxy.shut()
    const refused = await client.dropIn({ prompt })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await fetch(`${studio.url}/api/health`)).status).toBe(503)
    await proxy.open()
    expect(await note({ fault: 'database gone before', prompt, status: '503', images: 0 })).toBe(0)
    await until(async () => (await client.dropIn({ prompt })).status === 201)
    expect(await callsOf(sandbox, prompt)).toHaveLength(1)
  })

  test('gone: every page and every route that needs it says 503 and when to come again, in the reader’s language', async () => {
    const cookie = await studio.signIn()
    const id = crypto.randomUUID()
    const values = { team: 'any', id, path: `${id}/thumb`, token: 'any', nextauth: 'csrf' }
    const get = (address: string, language = 'en') =>
      fetch(studio.url + address, {
        headers: { cookie, 'accept-language': language, 'x-api-key': 'fs_any' },
        redirect: 'manual',
      })
    await proxy.shut()
    try {
      for (const address of addresses('page', values)) {
        const [english, korean] = await Promise.all([get(address), get(address, 'ko')])
        expect([address, english.status, korean.status]).toEqual([address, 503, 503])
        expect(english.headers.get('retry-after')).toBe('5')
        expect(await english.text()).toMatch(/<html lang="en">.*database/i)
        expect(await korean.text()).toMatch(/<html lang="ko">.*데이터베이스/)
      }
      // a token of its own; its 503 is an answer; that there is no such route
      const needsNone = ['/api/auth/csrf', '/api/health', `/api/${id}`]
      const others: unknown[] = []
      for (const address of addresses('route', values).filter((one) => !needsNone.includes(one))) {
        const { status, headers } = await get(address)
        if (status === 405) continue // it answers other methods only
        if (status !== 503 || headers.get('retry-after') !== '5') others.push([address, status])
      }
      expect(others).toEqual([])
    } finally {
      await proxy.open()
    }
    await until(async () => (await fetch(`${studio.url}/api/health`)).ok)
  })

  test('gone after the answer: the client has its images from the spool, and they are committed when it is back', async () => {
    const prompt = 'answered without a database #sandbox:slow=1500'
    const waiting = client.dropIn({ prompt, sample: 2 })
    await until(async () => (await callsOf(sandbox, prompt)).length === 1)
    await proxy.shut()
    const answer = await waiting
    expect(answer.status).toBe(201)
    expect((await answer.json()).images).toHaveLength(2)
    await proxy.open()
    const generation = await client.ended(answer.headers.get('x-studio-generation') ?? '')
    expect(generation.images.filter(({ state }) => state === 'completed')).toHaveLength(2)
    expect(await note({ fault: 'database gone after', prompt, status: generation.status, images: 2 })).toBe(1)
    expect(generation.status).toBe('succeeded')
  })

  test('cut off from the LISTEN connection: work goes on and the stream says so', async () => {
    const prompt = 'asked while nobody listens'
    const beside = await connectTo(databaseUrl)
    await beside.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'studio-%'`,
    )
    await beside.end()
    const { id }: { id: string } = await (await client.submit({ prompt })).json()
    expect((await client.ended(id)).status).toBe('succeeded')
    expect(
      await note({ fault: 'LISTEN connection lost', api: 'v1', prompt, status: 'succeeded', images: 1 }),
    ).toBe(1)
  })
})

/** Mounting needs root, as CI has it; an ordinary user cannot make a small disk. */
describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('the disk', () => {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-small-disk-'))
  const mount = (...options: string[]) => execFileSync('mount', options)
  const spool = path.join(disk, 'data', 'spool')
  let studio: Studio
  let client: Client
  beforeAll(async () => {
    mount('-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk)
    const dataDir = path.join(disk, 'data')
    fs.mkdirSync(dataDir)
    studio = await startStudio({ dataDir, env: { SANDBOX_PORT: String(sandbox.port) } })
    client = await makeClient(studio)
  })
  afterAll(async () => {
    await studio?.stop()
    execFileSync('umount', ['-l', disk])
    fs.rmdirSync(disk)
  })

  test.each([
    ['full', () => mount('-o', 'remount,size=16m', disk), () => mount('-o', 'remount,size=400m', disk)],
    [
      'unwritable',
      () => mount('-t', 'tmpfs', '-o', 'ro', 'tmpfs', spool),
      () => execFileSync('umount', [spool]),
    ],
  ])(
    '%s: nothing is sent that could not be kept; it goes on when there is room',
    async (fault, breakIt, mendIt) => {
      const prompt = `an image on a ${fault} disk`
      breakIt()
      const { id }: { id: string } = await (await client.submit({ prompt })).json()
      await until(async () => (await client.get(id)).statusReason === 'no_space')
      expect(await callsOf(sandbox, prompt)).toHaveLength(0)
      mendIt()
      const generation = await client.ended(id)
      expect(
        await note({
          fault: `disk ${fault}, then not`,
          api: 'v1',
          prompt,
          status: generation.status,
          images: generation.images.length,
        }),
      ).toBe(1)
      expect(generation.status).toBe('succeeded')
    },
  )
})
