import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { makeClient, type Client } from '@/e2e/support/client'
import { folderIn, readIfThere, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched, recordedChildren } from '@/e2e/support/launcher'
import { signInAt } from '@/e2e/support/sign-in'
import { processIdentity, waitUntil } from '@/scripts/processes.mjs'

const CLICKS = 100
const WHOLE_WITHIN_MS = 30_000
/** What may have been under way at one kill: the slots of both dispatchers. */
const UNDER_WAY = 4

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
let settings: Record<string, string>
let studio: Launched
let worker: ReturnType<typeof spawnNode>
let client: Client

beforeAll(async () => {
  settings = {
    ...(await launchSettings(home)),
    SANDBOX_PAINTER: 'plain',
    SANDBOX_LATENCY_MS: '100-300',
    SANDBOX_SLOTS: String(UNDER_WAY),
  }
  studio = launch(settings, home)
  await studio.isReady()
  worker = spawnNode(['scripts/start.mjs', '--worker'], {
    env: settings,
    logFile: path.join(folderIn(home), 'worker.log'),
  })
  await until(() => worker.logs().includes('The worker is ready'), 60_000)
  client = await makeClient({ url: studio.url, signIn: () => signInAt(studio.url) })
})
afterAll(async () => {
  for (const { child, exited } of [worker, studio].filter(Boolean)) {
    child.kill('SIGTERM')
    await exited
  }
})

async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number) {
  expect(await waitUntil(condition, { timeoutMs })).toBe(true)
}

const data = (...names: string[]) => path.join(settings.STUDIO_DATA_DIR ?? '', ...names)
const childOf = (pid: number) =>
  Number(fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0])

/** The processes that are killed, each by its pid now. */
const victims: Record<string, () => number> = {
  sandbox: () => recordedChildren(settings).sandbox?.pid ?? 0,
  worker: () => childOf(worker.child.pid ?? 0),
  PostgreSQL: () => Number(fs.readFileSync(data('postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
  server: () => recordedChildren(settings).serve?.pid ?? 0,
}

/** Kills it and says how long it took until everything worked again. */
async function kill(name: string): Promise<{ name: string; wholeAfterMs: number }> {
  const victim = victims[name]?.() ?? 0
  expect(processIdentity(victim)).not.toBeNull()
  const killedAt = performance.now()
  process.kill(victim, 'SIGKILL')
  await until(() => isReplaced(name, victim), WHOLE_WITHIN_MS)
  await until(isWhole, WHOLE_WITHIN_MS)
  return { name, wholeAfterMs: performance.now() - killedAt }
}

function isReplaced(name: string, victim: number): boolean {
  try {
    const pid = victims[name]?.() ?? 0
    return pid !== victim && processIdentity(pid) !== null
  } catch {
    return false // its file is being written anew
  }
}

async function isWhole(): Promise<boolean> {
  const health = await fetch(`${studio.url}/api/health`).catch(() => null)
  const sandbox = await fetch(`http://127.0.0.1:${settings.SANDBOX_PORT}/sandbox/state`).catch(() => null)
  return health?.ok === true && (await health.json()).dispatcher === 'ok' && sandbox?.ok === true
}

/** One click: its request is repeated under its key until the studio takes it, as a page does. */
async function click(prompt: string): Promise<string> {
  for (;;) {
    const answer = await client.submit({ prompt }, { 'idempotency-key': prompt }).catch(() => null)
    if (answer?.status === 202 || answer?.status === 200) {
      const { id }: { id: string } = await answer.json()
      return id
    }
    await answer?.arrayBuffer().catch(() => undefined)
    await delay(50) // the studio is coming back
  }
}

/** How often each prompt was painted, over all lives of the sandbox. */
function paintedTimes(): Map<string, number> {
  const times = new Map<string, number>()
  for (const line of fs.readFileSync(data('sandbox', 'images.jsonl'), 'utf8').split('\n').filter(Boolean)) {
    const { prompt }: { prompt: string } = JSON.parse(line)
    times.set(prompt, (times.get(prompt) ?? 0) + 1)
  }
  return times
}

/** Answers that lie whole in the spool and belong to nobody yet. */
function wholeSpools(): string[] {
  return fs.readdirSync(data('spool')).filter((name) => {
    const head = readIfThere(data('spool', name)).toString('utf8', 0, 512)
    return /\.\d+$/.test(name) && head.includes('"whole":true')
  })
}

test('100 clicks while the sandbox, a worker, PostgreSQL and the server are killed: paid at most once each, and nothing that came is lost', async () => {
  const kills: ReturnType<typeof kill>[] = []
  const names = Object.keys(victims)
  const ids: string[] = []
  for (let at = 0; at < CLICKS; at += 1) {
    ids.push(await click(`click ${at}`))
    const name = at % 20 === 19 ? names[Math.floor(at / 20)] : undefined
    if (name) kills.push(kill(name))
    if (kills.length > 1) await kills.at(-2) // one at a time
  }
  for (const { name, wholeAfterMs } of await Promise.all(kills)) {
    process.stdout.write(`${name} killed: whole after ${(wholeAfterMs / 1_000).toFixed(1)} s\n`)
    expect(wholeAfterMs).toBeLessThan(WHOLE_WITHIN_MS)
  }
  const ended = await Promise.all(ids.map((id) => client.ended(id, 60_000)))
  const unknown = ended.filter(({ status }) => status === 'unknown')
  const succeeded = ended.filter(({ status }) => status === 'succeeded')
  expect(succeeded.length + unknown.length).toBe(CLICKS)
  expect(unknown.length).toBeLessThanOrEqual(UNDER_WAY * kills.length)
  expect([...paintedTimes().values()].filter((times) => times > 1)).toEqual([])
  for (const { images } of succeeded) {
    const file = await fetch(`${studio.url}${images[0]?.urls.original}`, { headers: client.headers })
    expect([images.length, file.status]).toEqual([1, 200])
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(0)
  }
  await until(() => wholeSpools().length === 0, 10_000)
  for (const { logs } of [studio, worker]) expect(logs().length).toBeLessThan(500_000)
}, 300_000)
