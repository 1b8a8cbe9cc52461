import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addresses } from '@/e2e/support/addresses'
import { ROOT } from '@/e2e/support/child'
import { temporaryFolder } from '@/e2e/support/folders'
import { type RecordingProxy, startRecordingProxy } from '@/e2e/support/recording-proxy'
import { type Sandbox, startSandbox } from '@/e2e/support/sandbox'
import { holds, secretFormsOf, searchFolder } from '@/e2e/support/secret-forms'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { FAULTS } from '@/sandbox/directives'
import { SANDBOX_REFUSALS } from '@/sandbox/refusals'
import { BROWSER_FLAGS, findBrowser } from '@/scripts/browser.mjs'
import { migrate } from '@/scripts/migrate.mjs'
import { type Postgres, startPostgres } from '@/scripts/postgres.mjs'
import { waitUntil } from '@/scripts/processes.mjs'

const CANARY = `flm-canary-${randomBytes(12).toString('hex')}`
/** The same as a key that an owner adds in the settings. */
const ADDED = `flm-canary-${randomBytes(12).toString('hex')}`
const forms = [CANARY, ADDED].flatMap(secretFormsOf)
const home = temporaryFolder()
fs.chmodSync(home, 0o711)

/** Everything the studio said to anybody, and what of it held the key. */
const heard = { answers: 0, leaks: [] as string[] }
const open = {} as {
  sandbox: Sandbox
  flamel: RecordingProxy
  postgres: Postgres
  studio: Studio
  browser: Browser
} // filled before the first test

beforeAll(async () => {
  open.sandbox = await startSandbox()
  open.flamel = await startRecordingProxy(open.sandbox.url)
  open.postgres = await startPostgres({ dataDir: path.join(home, 'database'), isDurable: false })
  await migrate(open.postgres.url)
  const bomb = path.join(home, 'bomb.cjs')
  fs.writeFileSync(bomb, "process.on('SIGUSR2', () => { throw new Error(`the bomb went off`) })")
  open.studio = await startStudio({
    databaseUrl: open.postgres.url,
    env: {
      FLAMEL_API_KEY: CANARY,
      FLAMEL_API_URL: open.flamel.url,
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: `--require ${bomb}`,
    },
  })
  open.browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, args: BROWSER_FLAGS })
})

afterAll(async () => {
  await open.browser?.close()
  await open.studio?.stop()
  await open.flamel?.stop()
  await open.sandbox?.stop()
  await open.postgres?.stop()
})

function hear(what: string, ...parts: (string | Buffer)[]) {
  heard.answers += 1
  if (parts.some((part) => holds(part, forms))) heard.leaks.push(what)
}

async function ask(address: string, init: RequestInit = {}) {
  const signal = AbortSignal.timeout(10_000)
  const response = await fetch(`${open.studio.url}${address}`, { redirect: 'manual', signal, ...init })
  const isStream = response.headers.get('content-type')?.includes('event-stream')
  if (isStream) await response.body?.cancel()
  const body = isStream ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer())
  hear(`${init.method ?? 'GET'} ${address}`, JSON.stringify([...response.headers]), body)
  return { status: response.status, body }
}

async function generate(cookie: string, prompt: string) {
  const { status, body } = await ask('/api/v1/generations', {
    method: 'POST',
    headers: { cookie, origin: open.studio.url, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, styleId: 352, ratio: '1:1', sample: 1 }),
  })
  expect(status).toBe(202)
  const { id }: { id: string } = JSON.parse(body.toString())
  return id
}

type Listed = { items: { id: string; status: string; images: { id: string }[] }[] }
async function list(cookie: string): Promise<Listed['items']> {
  const { body } = await ask('/api/v1/generations?limit=100', { headers: { cookie } })
  const { items }: Listed = JSON.parse(body.toString())
  return items
}

test('the search finds a key in each of the forms it could take', () => {
  const text = `"x-api-key":"${CANARY}"`
  const written = [
    text,
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('hex'),
    encodeURIComponent(text),
  ]
  expect(written.map((form) => holds(form, forms))).toEqual([true, true, true, true])
  expect(holds('flm-canary-', forms)).toBe(false)
})

test('a success, every refusal and every fault of upstream say nothing of the key', async () => {
  const cookie = await open.studio.signIn()
  const slow = ['hang', 'stall_body', 'slow_body']
  const provoked = [...SANDBOX_REFUSALS, ...FAULTS].filter(
    (name) => !slow.includes(name) && name !== 'simultaneous_generation_limit',
  )
  await generate(cookie, 'a quiet harbour')
  for (const name of provoked) await generate(cookie, `a harbour #sandbox:${name}`)
  const isSettled = ({ status }: { status: string }) => !['queued', 'sending', 'pending'].includes(status)
  const isOver = async () => (await list(cookie)).filter(isSettled).length >= provoked.length - 2
  await waitUntil(isOver, { timeoutMs: 60_000 })
  expect(open.flamel.keysSeen.filter((key) => key === CANARY).length).toBeGreaterThan(provoked.length / 2)
  expect(heard.leaks).toEqual([])
})

test('a key that is added in the settings is generated with and never told again', async () => {
  const cookie = await open.studio.signIn()
  const send = (method: string, address: string, body?: object) =>
    ask(address, {
      method,
      headers: { cookie, origin: open.studio.url, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
  expect((await send('PUT', '/api/v1/connection/key', { scope: 'own', key: ADDED })).status).toBe(200)
  expect((await send('PUT', '/api/v1/connection/key', { scope: 'own', key: `${ADDED} ` })).status).toBe(200)
  expect((await send('PUT', '/api/v1/connection/key', { scope: 'mine', key: ADDED })).status).toBe(422)
  expect((await send('GET', '/api/v1/connection')).status).toBe(200)
  expect((await send('GET', '/api/v1/audit')).body.toString()).toContain('upstream-key.replaced')
  const ids = [await generate(cookie, 'a canal'), await generate(cookie, 'a canal #sandbox:wrong_api_key')]
  const isOver = async () =>
    (await list(cookie)).filter(({ id, status }) => ids.includes(id) && /succeeded|failed/.test(status))
      .length === ids.length
  await waitUntil(isOver, { timeoutMs: 60_000 })
  expect(open.flamel.keysSeen).toContain(ADDED)
  expect(heard.leaks).toEqual([])
})

test('no route answers with the key, whoever asks', async () => {
  const cookie = await open.studio.signIn()
  const generation = (await list(cookie)).find(({ images }) => images.length > 0)
  const values = { id: generation?.images[0]?.id ?? 'none', nextauth: 'session', path: 'none' }
  const asked = [
    ...addresses('route', values),
    `/api/v1/generations/${generation?.id}`,
    '/nowhere',
    '/%E0%A4%A',
    '/_next/static/nothing.js',
  ]
  const callers: Record<string, string>[] = [
    { cookie, origin: open.studio.url },
    { origin: 'http://elsewhere.test' },
  ]
  for (const address of asked)
    for (const headers of callers) {
      await ask(address, { headers })
      const body = '{"prompt": 1, "broken'
      await ask(address, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
    }
  expect(heard.leaks).toEqual([])
})

test('no page, script or message that a browser gets holds the key', async () => {
  const context = await open.browser.newContext({ baseURL: open.studio.url, locale: 'ko-KR' })
  const page = await context.newPage()
  const reading: Promise<void>[] = []
  page.on('response', (response) => {
    const read = async () =>
      hear(response.url(), JSON.stringify(await response.allHeaders()), await response.body())
    reading.push(read().catch(() => {})) // redirects have no body, streams never end
  })
  page.on('console', (message) => hear('console', message.text()))
  const session = (await open.studio.signIn()).split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: open.studio.url }
  })
  await context.addCookies(session)
  const { body } = await ask('/api/v1/teams', { headers: { cookie: await open.studio.signIn() } })
  const { items }: { items: { slug: string }[] } = JSON.parse(body.toString())
  const visited = addresses('page', { team: items[0]?.slug ?? 'studio', id: 'none', token: 'none' })
  for (const address of [...visited, '/nowhere']) {
    await page.goto(address, { waitUntil: 'load', timeout: 20_000 })
    hear(`page ${address}`, await page.content())
  }
  const isRead = Promise.all(reading)
  await Promise.race([isRead, waitUntil(() => false, { timeoutMs: 5_000 })]) // an event stream is never read to its end
  await context.close()
  expect(heard.answers).toBeGreaterThan(visited.length * 3)
  expect(heard.leaks).toEqual([])
})

test('a crash, and every refusal to start, keep the key to themselves', async () => {
  process.kill(open.studio.pid, 'SIGUSR2')
  expect((await open.studio.exited).code).toBe(1)
  expect(open.studio.logs()).toContain('the bomb went off')
  const wrong = [
    { PORT: 'x' },
    { DATABASE_URL: 'postgresql://127.0.0.1:1/x', DATABASE_WAIT_S: '1', STUDIO_SECRET: 'x'.repeat(32) },
    { FLAMEL_API_URL: CANARY },
  ]
  for (const settings of wrong) {
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production' as const,
      FLAMEL_API_KEY: CANARY,
      STUDIO_DATA_DIR: path.join(home, 'wrong'),
      ...settings,
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/start.mjs'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    hear(`start ${Object.keys(settings)[0]}`, stdout, stderr)
  }
  expect(heard.leaks).toEqual([])
})

test('no log, bundle, source map, data file or database page holds the key', async () => {
  await open.postgres.stop() // writes everything down
  const folders = [open.studio.settings.dataDir, path.join(home, 'database'), path.join(ROOT, '.next'), home]
  for (const folder of folders) {
    const { found, files } = searchFolder(folder, forms)
    expect(found).toEqual([])
    expect(files).toBeGreaterThan(0)
  }
  expect(searchFolder(path.join(ROOT, '.next'), [Buffer.from('flamel')]).found.length).toBeGreaterThan(0)
})
