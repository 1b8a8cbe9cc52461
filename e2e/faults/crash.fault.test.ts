import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { makeClient, type Client } from '@/e2e/support/client'
import { callsOf, noteRow, printLedger } from '@/e2e/support/ledger'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { environmentOf, startStudio, type Studio } from '@/e2e/support/studio'
import { connectTo } from '@/e2e/support/tcp-proxy'
import { waitUntil } from '@/scripts/processes.mjs'

let sandbox: Sandbox
let studio: Studio
let client: Client

beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
  await start()
})
afterAll(async () => {
  printLedger()
  await studio?.stop()
  await sandbox?.stop()
})

async function start(settings?: Studio['settings']) {
  studio = await startStudio(settings ?? { env: { SANDBOX_PORT: String(sandbox.port), LOG_LEVEL: 'info' } })
  client = await makeClient(studio)
}

async function killAndRestart() {
  await studio.kill9()
  await start(studio.settings)
}

/** Waits for something outside this process; fails the test when it does not come. */
async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000) {
  expect(await waitUntil(condition, { timeoutMs })).toBe(true)
}

async function submit(prompt: string): Promise<string> {
  return (await (await client.submit({ prompt, sample: 2 })).json()).id
}

async function conclude(fault: string, prompt: string, id: string) {
  const generation = await client.ended(id, 30_000)
  const calls = await callsOf(sandbox, prompt)
  const images = generation.images.filter(({ state }) => state === 'completed').length
  const charged = calls.reduce((sum, call) => sum + call.charged, 0)
  noteRow({ fault, api: 'v1', calls: calls.length, charged, status: generation.status, images })
  expect(calls.length).toBeLessThanOrEqual(1)
  return { generation, calls, images }
}

const spooled = () =>
  readdirSync(path.join(studio.settings.dataDir, 'spool')).filter((file) => /\.\d+$/.test(file))

describe('kill -9 of the server', () => {
  /** Locks that a test takes so that the server stops at a known place. */
  let release: (() => Promise<void>) | undefined
  afterEach(async () => release?.())

  async function hold(statement: string) {
    const blocker = await connectTo(studio.settings.databaseUrl)
    await blocker.query('BEGIN')
    await blocker.query(statement)
    release = async () => {
      release = undefined
      await blocker.query('ROLLBACK')
      await blocker.end()
    }
  }

  test('before the call: the next start makes it, once', async () => {
    const prompt = 'killed before the call'
    await hold('SELECT 1 FROM "UpstreamAccount" FOR NO KEY UPDATE')
    const id = await submit(prompt)
    await studio.kill9()
    await release?.()
    await start(studio.settings)
    const { generation, calls } = await conclude('kill -9 before the call', prompt, id)
    expect([generation.status, calls.length]).toEqual(['succeeded', 1])
  })

  test('during the call: the end is unknown, and nobody calls again', async () => {
    const prompt = 'killed during the call #sandbox:slow=4000'
    const id = await submit(prompt)
    await until(async () => (await callsOf(sandbox, prompt)).length === 1)
    await killAndRestart()
    const { generation, calls } = await conclude('kill -9 during the call', prompt, id)
    expect([generation.status, calls.length]).toEqual(['unknown', 1])
  })

  test('between the answer and the commit: the next start finishes from the spool', async () => {
    const prompt = 'killed before the commit'
    await hold('LOCK TABLE "Blob" IN SHARE MODE')
    const id = await submit(prompt)
    await until(() => spooled().some((file) => file.startsWith(id)))
    await studio.kill9()
    await release?.()
    await start(studio.settings)
    const { generation, images, calls } = await conclude('kill -9 before the commit', prompt, id)
    expect([generation.status, images, calls.length]).toEqual(['succeeded', 2, 1])
    await until(() => spooled().length === 0) // removed once the end is committed
  })

  test('between a refusal and its commit: the next start knows the no', async () => {
    const prompt = 'killed after a refusal #sandbox:nsfw_image'
    const database = await connectTo(studio.settings.databaseUrl)
    await database.query(`
      CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END';
      CREATE TRIGGER wait_for_test BEFORE UPDATE ON "Generation" FOR EACH ROW
        WHEN (NEW.status = 'failed') EXECUTE FUNCTION wait_for_test()`)
    await database.end()
    await hold('SELECT pg_advisory_xact_lock(1)')
    const id = await submit(prompt)
    await until(() => spooled().some((file) => file.startsWith(id)))
    await studio.kill9()
    await release?.()
    await start(studio.settings)
    const { generation, calls } = await conclude('kill -9 after a refusal', prompt, id)
    expect([generation.error?.code, generation.error?.charged, calls.length]).toEqual(['nsfw_image', 'no', 1])
    await until(() => spooled().length === 0) // removed once the end is committed
  })

  test('after the commit: nothing changes', async () => {
    const prompt = 'killed after the commit'
    const id = await submit(prompt)
    await client.ended(id)
    await killAndRestart()
    const { generation, images, calls } = await conclude('kill -9 after the commit', prompt, id)
    expect([generation.status, images, calls.length]).toEqual(['succeeded', 2, 1])
  })

  test('while a drop-in client waits: its retry joins the call that was made', async () => {
    const prompt = 'a client that retries after a crash'
    await hold('LOCK TABLE "Blob" IN SHARE MODE')
    const read = async (answer: Promise<Response>) => (await answer).json() // all but its last byte may come before the commit
    const waiting = read(client.dropIn({ prompt, sample: 2 })).catch(() => null)
    await until(() => spooled().length > 0)
    await studio.kill9()
    expect(await waiting).toBeNull()
    await release?.()
    const key = client.headers
    await start(studio.settings)
    const retry = await fetch(`${studio.url}/api/images/create`, {
      method: 'POST',
      headers: key,
      body: JSON.stringify({ ratio: '1:1', styleId: 101, sample: 2, prompt }),
    })
    expect(retry.status).toBe(201)
    expect((await retry.json()).images).toHaveLength(2)
    expect(await callsOf(sandbox, prompt)).toHaveLength(1)
  })
})

describe('twice', () => {
  test('a double submit with one key is one call', async () => {
    const prompt = 'submitted twice'
    const key = { 'idempotency-key': 'a-double-click' }
    const [first, second] = await Promise.all([
      client.submit({ prompt }, key),
      client.submit({ prompt }, key),
    ])
    const ids = [(await first.json()).id, (await second.json()).id]
    expect(ids[0]).toBe(ids[1])
    const { calls } = await conclude('double submit', prompt, ids[0])
    expect(calls).toHaveLength(1)
  })

  test('a drop-in client that goes away leaves an image that is kept, and its retry joins', async () => {
    const prompt = 'a client that gave up #sandbox:slow=1500'
    const gone = new AbortController()
    const first = client.dropIn({ prompt }, { signal: gone.signal }).catch(() => null)
    await until(async () => (await callsOf(sandbox, prompt)).length === 1)
    gone.abort()
    await first
    const retry = await client.dropIn({ prompt })
    expect(retry.status).toBe(201)
    await retry.arrayBuffer()
    const { generation, calls } = await conclude(
      'client disconnects, retries',
      prompt,
      retry.headers.get('x-studio-generation') ?? '',
    )
    expect([generation.status, calls.length]).toEqual(['succeeded', 1])
  })
})

describe('SIGTERM', () => {
  test('ends at once when idle, also with an event stream open', async () => {
    const stream = await fetch(`${studio.url}/api/v1/events`, { headers: client.headers })
    const reader = stream.body?.getReader()
    await reader?.read()
    const startedAt = Date.now()
    expect(await studio.sigterm()).toMatchObject({ code: 0 })
    expect(Date.now() - startedAt).toBeLessThan(10_000) // far below the minutes that a call may take
    await start(studio.settings)
  })

  test('finishes the call under way before it ends', async () => {
    const prompt = 'stopped during the call #sandbox:slow=1500'
    const id = await submit(prompt)
    await until(async () => (await callsOf(sandbox, prompt)).length === 1)
    expect(await studio.sigterm()).toMatchObject({ code: 0 })
    await start(studio.settings)
    const { generation, calls } = await conclude('SIGTERM during the call', prompt, id)
    expect([generation.status, calls.length]).toEqual(['succeeded', 1])
  })

  test('finishes a call that was begun before the server listened', async () => {
    const prompt = 'stopped while it starts #sandbox:slow=1500'
    const { settings } = studio
    await studio.sigterm()
    await start({ ...settings, env: { ...settings.env, STUDIO_DISPATCHER: 'off' } })
    const id = await submit(prompt)
    await studio.sigterm()
    const logFile = path.join(settings.dataDir, 'starting.log')
    const starting = spawnNode(['--import', SLOW_FOLDERS, 'scripts/serve.mjs'], {
      env: environmentOf(settings),
      logFile,
    })
    await until(async () => (await callsOf(sandbox, prompt)).length === 1, 30_000)
    starting.child.kill('SIGTERM')
    expect(await starting.exited).toEqual({ code: 0, signal: null })
    expect(starting.logs()).toContain('finishing 1 call')
    await start(settings)
    const { generation, calls } = await conclude('SIGTERM during the start', prompt, id)
    expect([generation.status, calls.length]).toEqual(['succeeded', 1])
  })
})

/** Imported before the server, it takes half a minute to find the files that it keeps in memory. */
const SLOW_FOLDERS = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises'
  const readdir = fs.readdir
  fs.readdir = async (folder, options) => {
    if (options?.recursive) await new Promise((resolve) => setTimeout(resolve, 30_000))
    return readdir(folder, options)
  }
`)}`
