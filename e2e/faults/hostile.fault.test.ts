import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClient, type Client } from '@/e2e/support/client'
import { ROOT } from '@/e2e/support/child'
import { hostileAnswers, type HostileAnswer } from '@/e2e/support/hostile-answers'
import { startHostileUpstream, type HostileUpstream } from '@/e2e/support/hostile-upstream'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { waitUntil } from '@/scripts/processes.mjs'

const LIMIT_MS = 50
const TRIES = 4
const dropInStatus = { succeeded: 201, unknown: 424 }

let upstream: HostileUpstream
let studio: Studio
let client: Client
let watched: string
beforeAll(async () => {
  upstream = await startHostileUpstream()
  watched = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'studio-loop-')), 'max')
  const watch = pathToFileURL(path.join(ROOT, 'e2e/support/loop-watch.mjs')).href
  const env = {
    ...{
      FLAMEL_API_KEY: 'flm-hostile',
      FLAMEL_API_URL: upstream.url,
      FLAMEL_SLOTS: '4',
      FLAMEL_TIMEOUT_S: '30',
    },
    ...{ NODE_OPTIONS: `--import ${watch}`, LOOP_WATCH_FILE: watched },
  }
  studio = await startStudio({ env })
  client = await makeClient(studio)
  for (const warm of ['first', 'second']) await (await client.dropIn({ prompt: warm })).arrayBuffer()
})
afterAll(async () => {
  await studio?.stop()
  upstream?.stop()
  fs.rmSync(path.dirname(watched), { recursive: true, force: true })
})

/** The longest block of the studio's process during `work`. */
async function blockedDuring(work: () => Promise<void>): Promise<number> {
  fs.rmSync(watched, { force: true })
  await waitUntil(() => fs.existsSync(watched), { timeoutMs: 10_000 })
  await work()
  const seenAt = Date.now()
  await waitUntil(() => fs.statSync(watched).mtimeMs > seenAt, { timeoutMs: 10_000 })
  return Number(fs.readFileSync(watched, 'utf8'))
}

async function askBoth({ name, status, images }: HostileAnswer, turn: number) {
  const [viaV1, viaDropIn] = [`v1 ${turn}: ${name}`, `drop-in ${turn}: ${name}`]
  const [accepted, answered] = await Promise.all([
    client.submit({ prompt: viaV1 }),
    client.dropIn({ prompt: viaDropIn }),
  ])
  await answered.arrayBuffer()
  if (status !== 'failed') expect(answered.status).toBe(dropInStatus[status])
  const { id }: { id: string } = await accepted.json()
  for (const one of [id, answered.headers.get('x-studio-generation') ?? '']) {
    const generation = await client.ended(one)
    const kept = generation.images.filter(({ state }) => state === 'completed')
    expect({ status: generation.status, images: kept.length }).toEqual({ status, images })
  }
  expect(await upstream.callsOf(viaV1)).toBe(1)
  expect(await upstream.callsOf(viaDropIn)).toBe(1)
}

test.each(hostileAnswers)(
  'an answer of upstream with $name is settled once through v1 and the drop-in, and blocks nobody',
  async (answer) => {
    let blockedMs = Infinity
    // collecting garbage or a first compilation may block any try; the answer's own work would block each
    for (let turn = 0; turn < TRIES && blockedMs > LIMIT_MS; turn += 1)
      blockedMs = Math.min(blockedMs, await blockedDuring(() => askBoth(answer, turn)))
    expect(blockedMs).toBeLessThan(LIMIT_MS)
  },
)

test('after all of them no slot is held, and the studio is well', async () => {
  const credits = await (await fetch(`${studio.url}/api/v1/credits`, { headers: client.headers })).json()
  expect(credits.slots.inUse).toBe(0)
  const health = await (await fetch(`${studio.url}/api/health`)).json()
  expect(health).toMatchObject({ status: 'ok', stuckGenerations: 0 })
})
