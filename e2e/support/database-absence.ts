import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Client, makeClient } from '@/e2e/support/client'
import { callsOf } from '@/e2e/support/ledger'
import { type Answer, startLoad } from '@/e2e/support/load'
import { type PostgresServer, startPostgresServer } from '@/e2e/support/postgres-server'
import { type Sandbox, startSandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { migrate } from '@/scripts/migrate.mjs'

/** From asking to an answer, whatever it is, on a busy machine. */
const ANSWERED_WITHIN_MS = 15_000
const BACK_WITHIN_MS = 10_000
/** Calls that are under way when the database goes, and when it comes back. */
const LONG_CALLS = 2

/** What stands between the studio and its database, such as a pooler. */
export type Front = { url: string; directUrl?: string; stop: () => Promise<void> }

export type AbsenceStage = {
  database: PostgresServer
  sandbox: Sandbox
  studio: Studio
  client: Client
  image: string
  page: string
  stop: () => Promise<void>
}

/** A studio on a database that can be taken away, with an image in it. */
export async function prepareAbsence(
  openFront?: (databaseUrl: string) => Promise<Front>,
): Promise<AbsenceStage> {
  const database = await startPostgresServer()
  const databaseUrl = await database.createDatabase('studio')
  await migrate(databaseUrl)
  const sandbox = await startSandbox({
    latencyMs: 300,
    env: { SANDBOX_PAINTER: 'plain', SANDBOX_SLOTS: '8' },
  })
  const front = await openFront?.(databaseUrl)
  const env = {
    SANDBOX_PORT: String(sandbox.port),
    ...(front?.directUrl && { DATABASE_DIRECT_URL: front.directUrl }),
  }
  const studio = await startStudio({ databaseUrl: front?.url ?? databaseUrl, env })
  const client = await makeClient(studio)
  const { id }: { id: string } = await (await client.submit({ prompt: 'a first image' })).json()
  const { images } = await client.ended(id)
  const image = images[0]?.urls.original ?? ''
  const home = await fetch(studio.url, { headers: { cookie: client.cookie } })
  const page = new URL(home.url).pathname
  const stop = async () => {
    await studio.stop()
    await sandbox.stop()
    await front?.stop()
    await database.stop()
  }
  return { database, sandbox, studio, client, image, page, stop }
}

type Absence = {
  awayS: number
  go: () => void | Promise<void>
  comeBack: () => void | Promise<void>
  answeredWithinMs?: number
  backWithinMs?: number
}

/** The server itself ends and is started again. */
export const restartOf = (
  { database }: AbsenceStage,
  { signal, awayS }: { signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'; awayS: number },
): Absence => ({ awayS, go: () => database.end(signal), comeBack: database.start })

/**
 * Takes the database away under load and brings it back. Everybody is answered in time: as always, or 503 with when to
 * come again. What was accepted is generated, once; calls that outlast the absence keep their images; nothing is restarted.
 */
export async function absentUnderLoad(stage: AbsenceStage, absence: Absence): Promise<void> {
  const { sandbox, client, image, page } = stage
  const { awayS, go, comeBack, answeredWithinMs = ANSWERED_WITHIN_MS } = absence
  const load = startLoad(client, { prompt: 'while it is away', image, page })
  await expect.poll(() => load.accepted.size).toBeGreaterThan(5)
  const long = await submitLong(stage, `${randomUUID()} #sandbox:slow=${(awayS + 2) * 1_000}`)

  await go()
  const goneAt = Date.now()
  await delay(awayS * 1_000)
  const startingAt = Date.now()
  await comeBack()
  const backAt = Date.now()
  const poll = { timeout: absence.backWithinMs ?? BACK_WITHIN_MS }
  const isBack = () =>
    load.answers.some(({ what, status, at }) => what.startsWith('POST') && status === 202 && at >= backAt)
  await expect.poll(isBack, poll).toBe(true)
  await expect.poll(() => load.heardAt.some((at) => at > backAt), poll).toBe(true)
  await expect.poll(() => isReady(stage), poll).toBe(true)
  await load.stop()

  expect(badlyAnswered(load.answers, answeredWithinMs)).toEqual([])
  const away = load.answers.filter(({ at, tookMs }) => at > goneAt && at + tookMs < startingAt)
  if (awayS > 0)
    expect(away.filter(({ what, status }) => what !== `GET ${image}` && status !== 503)).toEqual([])
  for (const [prompt, id] of [...load.accepted, ...long]) {
    const generation = await client.ended(id, poll.timeout)
    const made = generation.images.filter(({ state }) => state === 'completed').length
    expect([prompt, generation.status, made]).toEqual([prompt, 'succeeded', 1])
  }
  for (const prompt of [...load.asked, ...long.keys()])
    expect((await callsOf(sandbox, prompt)).length).toBeLessThanOrEqual(1)
}

async function submitLong({ client, sandbox }: AbsenceStage, prompt: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (let n = 0; n < LONG_CALLS; n += 1) {
    const words = `${prompt} number ${n}`
    const { id }: { id: string } = await (await client.submit({ prompt: words })).json()
    ids.set(words, id)
    await expect.poll(async () => (await callsOf(sandbox, words)).length).toBe(1)
  }
  return ids
}

async function isReady({ studio }: AbsenceStage): Promise<boolean> {
  return (await fetch(`${studio.url}/readyz`)).ok
}

/** Answers that are neither what was asked for nor 503 with when to come again, and those that took too long. */
function badlyAnswered(answers: Answer[], answeredWithinMs: number): Answer[] {
  return answers.filter(({ what, status, retryAfter, tookMs }) => {
    const isGood = [200, 202].includes(status)
    const isAway = status === 503 && (retryAfter !== null || what === 'GET /readyz')
    return !(isGood || isAway) || tookMs > answeredWithinMs
  })
}
