import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@/e2e/support/sandbox'
import { startStudio } from '@/e2e/support/studio'
import { measureFirstLoad, type Address } from '@/scripts/bench/first-load'
import { teamPath } from '@/scripts/bench/sign-in'
import type { Stage } from '@/scripts/bench/stage'
import { waitUntil } from '@/scripts/processes.mjs'
import { ROOT } from '@/scripts/setup.mjs'

type Score = {
  performance: number
  accessibility: number
  cls: number
  lcpMs: number
  blockedMs: number
  faults: string
}

const GENERATIONS = 15
const PROMPTS = [
  'a fox asleep in tall grass',
  '안개 낀 새벽 산, 소나무 한 그루',
  'a lighthouse on a cliff, low sun',
]

/** A studio with sixty painted images and a link: Lighthouse on a phone, and the script of the first load. */
export async function measurePages({ newDatabase }: Stage) {
  const sandbox = await startSandbox()
  const databaseUrl = await newDatabase('pages')
  const studio = await startStudio({ databaseUrl, env: { SANDBOX_PORT: String(sandbox.port) } })
  try {
    const cookie = await studio.signIn()
    const team = `${studio.url}${await teamPath(studio.url, cookie)}`
    const link = await fillStudio(studio.url, cookie)
    const addresses: Address[] = [
      { name: 'sign-in', url: `${studio.url}/sign-in`, headers: {} },
      { name: 'create', url: `${team}/create`, headers: { cookie } },
      { name: 'gallery', url: `${team}/gallery`, headers: { cookie } },
      { name: 'share', url: link, headers: {} },
    ]
    const firstLoad = await measureFirstLoad(addresses)
    const scores = await measureScores(addresses)
    return addresses.map(({ name }) => ({ name, ...scores.get(name), ...firstLoad.get(name) }))
  } finally {
    await studio.stop()
    await sandbox.stop()
  }
}

/** Sixty images and a link to four of them, through the product's own API. Returns the link's URL. */
async function fillStudio(url: string, cookie: string): Promise<string> {
  const headers = { cookie, origin: url, 'content-type': 'application/json' }
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const ids: string[] = []
  for (let i = 0; i < GENERATIONS; i += 1) {
    const asked = { prompt: `${PROMPTS[i % PROMPTS.length]}, ${i}`, styleId: 101 + (i % 12), sample: 4 }
    ids.push((await post('/api/v1/generations', { ...asked, ratio: i % 2 ? '3:4' : '16:9' })).id)
  }
  const isDone = async (id: string) => {
    const answer = await fetch(`${url}/api/v1/generations/${id}`, { headers })
    return (await answer.json()).status === 'succeeded'
  }
  for (const id of ids)
    if (!(await waitUntil(() => isDone(id), { timeoutMs: 60_000 }))) throw new Error(`${id} has no images.`)
  const made = await post('/api/v1/share-links', { target: { kind: 'generation', id: ids[0] } })
  return new URL(made.url, url).href
}

async function measureScores(addresses: Address[]): Promise<Map<string, Score>> {
  const file = path.join(ROOT, 'scripts/bench/lighthouse.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(addresses)])
  const scores: Score[] = JSON.parse(stdout)
  return new Map(scores.map((score, index) => [addresses[index]?.name ?? '', score]))
}
