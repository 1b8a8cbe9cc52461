import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { folderIn, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched, recordedChildren } from '@/e2e/support/launcher'
import { signInAt } from '@/e2e/support/sign-in'
import { commandLine, signalIfThere, waitUntil } from '@/scripts/processes.mjs'

/** Far below the minutes that a call may take, and enough for a busy machine. */
const AT_ONCE_MS = 10_000

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
const running: Launched[] = []
const start = (settings: Record<string, string | undefined>) => {
  const launched = launch(settings, home)
  running.push(launched)
  return launched
}
afterEach(async () => {
  for (const { child, exited } of running.splice(0)) {
    child.kill('SIGTERM')
    await exited
  }
})

/** Every process whose command line names the data directory: the server, the sandbox and PostgreSQL do. */
function processesOf(dataDir: string): number[] {
  const pids = fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1)
  return pids.filter((pid) => {
    const environment = fs.existsSync(`/proc/${pid}/environ`) ? readOrEmpty(`/proc/${pid}/environ`) : ''
    return environment.includes(`STUDIO_DATA_DIR=${dataDir}\0`) || commandLine(pid).includes(dataDir)
  })
}

function readOrEmpty(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function refusal(settings: Record<string, string | undefined>): Promise<string> {
  const launched = start(settings)
  const { code } = await launched.exited
  expect(code).toBe(1)
  expect(launched.logs()).not.toMatch(/^\s+at /m)
  return launched.logs()
}

test('a first start serves, and keeps its data to itself', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  expect((await fetch(`${studio.url}/api/health`)).status).toBe(200)
  const modeOf = (name: string) => fs.statSync(path.join(settings.STUDIO_DATA_DIR ?? '', name)).mode & 0o777
  expect(modeOf('.') & 0o066).toBe(0)
  expect(modeOf('secret')).toBe(0o600)
  expect(modeOf('run.json')).toBe(0o600)
})

test('a second start repeats nothing of the set-up', async () => {
  const settings = await launchSettings(home)
  const first = start(settings)
  await first.isReady()
  first.child.kill('SIGTERM')
  expect(await first.exited).toEqual({ code: 0, signal: null })
  const second = start(settings)
  await second.isReady()
  const setUp = /installed|generated|built|migrated/
  expect(first.logs()).toMatch(setUp)
  expect(second.logs()).not.toMatch(setUp) // how long it takes is a measurement: a busy machine makes any limit wrong
})

test('SIGTERM with an open event stream ends everything at once', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  const cookie = await signInAt(studio.url)
  const stream = await fetch(`${studio.url}/api/v1/events`, { headers: { cookie } })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const asked = performance.now()
  studio.child.kill('SIGTERM')
  expect(await studio.exited).toEqual({ code: 0, signal: null })
  expect(performance.now() - asked).toBeLessThan(AT_ONCE_MS)
  expect(processesOf(settings.STUDIO_DATA_DIR ?? '')).toEqual([])
})

test('Ctrl-C as npm repeats it is one Ctrl-C: a call under way is finished, and said', async () => {
  const settings = { ...(await launchSettings(home)), SANDBOX_LATENCY_MS: '5000' }
  const studio = start(settings)
  await studio.isReady()
  const id = await submit(studio.url)
  await isSent(studio.url, id)
  studio.child.kill('SIGINT')
  studio.child.kill('SIGINT')
  expect(await studio.exited).toEqual({ code: 0, signal: null })
  expect(studio.logs()).toContain('finishing 1 call under way')
  const again = start(settings)
  await again.isReady()
  expect(await statusOf(again.url, id)).toBe('succeeded')
})

test('a second Ctrl-C does not wait for a call that hangs, and the next start works', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  const id = await submit(studio.url, '#sandbox:hang')
  await isSent(studio.url, id)
  studio.child.kill('SIGINT')
  expect(await waitUntil(() => studio.logs().includes('under way'), { timeoutMs: 20_000 })).toBe(true)
  await waitUntil(() => false, { timeoutMs: 300 }) // two signals at once count as one
  const asked = performance.now()
  studio.child.kill('SIGINT')
  await studio.exited
  expect(performance.now() - asked).toBeLessThan(AT_ONCE_MS)
  expect(processesOf(settings.STUDIO_DATA_DIR ?? '')).toEqual([])
  await start(settings).isReady()
})

test('after a kill -9 of the launcher the next start takes the database over', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  studio.child.kill('SIGKILL')
  await studio.exited
  const next = start(settings)
  await next.isReady()
  expect(next.logs()).toContain('running PostgreSQL taken over')
  expect(await signInAt(next.url)).toContain('session-token')
})

test('after a kill -9 of everything at once the next start works', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  const pids = processesOf(settings.STUDIO_DATA_DIR ?? '')
  expect(pids.length).toBeGreaterThan(3)
  for (const pid of pids) signalIfThere(pid, 'SIGKILL')
  await studio.exited
  const next = start(settings)
  await next.isReady()
  expect(await signInAt(next.url)).toContain('session-token')
})

test.each(['serve', 'sandbox', 'postgres'])(
  'when %s is killed it is started again within seconds',
  async (name) => {
    const settings = await launchSettings(home)
    const studio = start(settings)
    await studio.isReady()
    const pid = name === 'postgres' ? postmasterOf(settings) : recordedChildren(settings)[name]?.pid
    process.kill(pid ?? 0, 'SIGKILL')
    expect(await waitUntil(() => studio.logs().includes('starting it again'), { timeoutMs: 10_000 })).toBe(
      true,
    )
    expect(await waitUntil(() => isWhole(studio.url, settings), { timeoutMs: 30_000 })).toBe(true)
    const id = await submit(studio.url)
    const isDone = async () => (await statusOf(studio.url, id)) === 'succeeded'
    expect(await waitUntil(isDone, { timeoutMs: 20_000 })).toBe(true)
    expect(studio.logs().length).toBeLessThan(100_000)
  },
)

/** None once the launcher has ended and taken its record away. */
function childrenNow(settings: Record<string, string>): Partial<ReturnType<typeof recordedChildren>> {
  try {
    return recordedChildren(settings)
  } catch {
    return {}
  }
}

test('a child that does not stay up ends the launcher with one sentence', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  const kill = () => {
    if (studio.child.exitCode !== null) return true
    const pid = childrenNow(settings).sandbox?.pid
    if (pid) signalIfThere(pid, 'SIGKILL')
    return false
  }
  expect(await waitUntil(kill, { timeoutMs: 90_000 })).toBe(true)
  expect(studio.logs()).toContain('The sandbox does not stay up.')
  expect(processesOf(settings.STUDIO_DATA_DIR ?? '')).toEqual([])
})

test('an uncaught exception ends the server in order, and it is started again', async () => {
  const bomb = path.join(folderIn(home), 'bomb.cjs')
  fs.writeFileSync(bomb, "process.on('SIGUSR2', () => { throw new Error('the bomb went off') })")
  const settings = { ...(await launchSettings(home)), NODE_OPTIONS: `--require ${bomb}` }
  const studio = start(settings)
  await studio.isReady()
  process.kill(recordedChildren(settings).serve?.pid ?? 0, 'SIGUSR2')
  await waitUntil(() => studio.logs().includes('starting it again'), { timeoutMs: 20_000 })
  expect(studio.logs()).toContain('the bomb went off')
  expect(await waitUntil(() => isWhole(studio.url, settings), { timeoutMs: 30_000 })).toBe(true)
})

test('a second start on the same data names the first', async () => {
  const settings = await launchSettings(home)
  const studio = start(settings)
  await studio.isReady()
  expect(await refusal(settings)).toContain(
    `already runs on ${settings.STUDIO_DATA_DIR} (process ${studio.child.pid},`,
  )
  expect((await fetch(`${studio.url}/api/health`)).status).toBe(200)
})

test.each(['PORT', 'SANDBOX_PORT'])('a taken %s is one sentence', async (name) => {
  const settings = await launchSettings(home)
  const other = net.createServer().listen(Number(settings[name]), '127.0.0.1')
  try {
    expect(await refusal(settings)).toContain(
      `The port ${settings[name]} is taken by another program: stop it or set ${name}`,
    )
  } finally {
    other.close()
  }
})

test('a data directory that cannot be written is one sentence', async () => {
  const file = path.join(folderIn(home), 'file')
  fs.writeFileSync(file, '')
  const text = await refusal({ ...(await launchSettings(home)), STUDIO_DATA_DIR: path.join(file, 'data') })
  expect(text).toContain(`The data directory ${file}/data cannot be written`)
})

test.each([
  [{ PORT: 'three thousand' }, 'PORT '],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL '],
  [{ FLAMEL_API_URL: 'flamel.app' }, 'FLAMEL_API_URL '],
  [{ STUDIO_TIME_ZONE: 'Seoul' }, 'STUDIO_TIME_ZONE '],
  [{ DATABASE_URL: 'postgresql://127.0.0.1:1/x' }, 'STUDIO_SECRET must be set'],
  [{ STUDIO_URL: 'https://studio.example/app' }, 'STUDIO_URL must be an address'],
  [{ PORT: '4321', SANDBOX_PORT: '4321' }, 'PORT and SANDBOX_PORT are both 4321'],
  [{ STUDIO_OWNER_PASSWORD: '' }, 'set STUDIO_OWNER_EMAIL and STUDIO_OWNER_PASSWORD together'],
])('the wrong setting %o is one sentence that names it', async (wrong, sentence) => {
  expect(await refusal({ ...(await launchSettings(home)), ...wrong })).toContain(sentence)
})

test.each(['::1', '[::1]', '::', '0.0.0.0'])(
  'the address that it prints works with HOST=%s',
  async (host) => {
    const studio = start({ ...(await launchSettings(home)), HOST: host })
    await studio.isReady()
    const [, url = ''] = /is ready at (\S+) /.exec(studio.logs()) ?? []
    expect((await fetch(`${url}/sign-in`)).status).toBe(200)
    expect(await signInAt(url)).toContain('session-token')
  },
)

test('an unreachable database is one sentence without its password', async () => {
  const text = await refusal({
    ...(await launchSettings(home)),
    DATABASE_URL: 'postgresql://studio:hush-hush@127.0.0.1:1/studio',
    DATABASE_WAIT_S: '1',
    STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
  })
  expect(text).toContain('The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED): check DATABASE_URL.')
  expect(text).not.toContain('hush-hush')
})

test('an old Node is one sentence', async () => {
  const fake = path.join(folderIn(home), 'old.cjs')
  fs.writeFileSync(fake, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })")
  const text = await refusal({ ...(await launchSettings(home)), NODE_OPTIONS: `--require ${fake}` })
  expect(text.trim()).toBe('Flamel Studio needs Node.js 20.19 or newer; this is 18.20.4.')
})

function postmasterOf(settings: Record<string, string>): number {
  const file = path.join(settings.STUDIO_DATA_DIR ?? '', 'postgres', 'postmaster.pid')
  return Number(fs.readFileSync(file, 'utf8').split('\n')[0])
}

/** The studio serves, its database answers, and the sandbox listens. */
async function isWhole(url: string, settings: Record<string, string>): Promise<boolean> {
  const answers = (address: string) =>
    fetch(address).then(
      (response) => response.ok,
      () => false,
    )
  return (
    (await answers(`${url}/api/health`)) && answers(`http://127.0.0.1:${settings.SANDBOX_PORT}/sandbox/state`)
  )
}

async function submit(url: string, prompt = 'a quiet harbour'): Promise<string> {
  const cookie = await cookieFor(url)
  const response = await fetch(`${url}/api/v1/generations`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, styleId: 352, ratio: '1:1', sample: 1 }),
  })
  expect(response.status).toBe(202)
  const { id }: { id: string } = await response.json()
  return id
}

const cookies = new Map<string, Promise<string>>()

/** Signs in once: a poll that signs in each time comes too late on a slow machine. */
function cookieFor(url: string): Promise<string> {
  const cookie = cookies.get(url) ?? signInAt(url)
  cookies.set(url, cookie)
  return cookie
}

async function isSent(url: string, id: string): Promise<void> {
  const isSending = async () => (await statusOf(url, id)) === 'sending'
  expect(await waitUntil(isSending, { timeoutMs: 20_000 })).toBe(true)
}

async function statusOf(url: string, id: string): Promise<string> {
  const cookie = await cookieFor(url)
  const response = await fetch(`${url}/api/v1/generations/${id}`, { headers: { cookie } })
  const { status }: { status: string } = await response.json()
  return status
}
