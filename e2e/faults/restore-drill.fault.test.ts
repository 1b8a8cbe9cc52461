import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { makeClient, type Client } from '@/e2e/support/client'
import { folderIn, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched, recordedChildren } from '@/e2e/support/launcher'
import { startS3Peer, type S3Peer } from '@/e2e/support/s3-peer'
import { signInAt } from '@/e2e/support/sign-in'
import type { Generation } from '@/lib/generations/schema'
import type { System } from '@/lib/system/schema'
import { processIdentity, signalIfThere, waitUntil } from '@/scripts/processes.mjs'

vi.setConfig({ testTimeout: 300_000 }) // everything twice, and a backup and its check in processes of their own

const BEFORE = 4
/** More than there are slots: some are on their way at every moment, the others queued. */
const AT_ONCE = 6

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
/** By hand into a bucket, each night into a folder. */
const bucket = 's3://studio/backups'
const folder = path.join(folderIn(home), 'backups')
let settings: Record<string, string>
let peer: S3Peer
let studio: Launched
let client: Client

beforeAll(async () => {
  peer = await startS3Peer()
  const { STORAGE_URL: _, ...access } = peer.env // the images are on the disk
  settings = {
    ...(await launchSettings(home)),
    ...access,
    SANDBOX_PAINTER: 'plain',
    SANDBOX_LATENCY_MS: '500-900',
    SANDBOX_SLOTS: '2',
  }
  studio = launch(settings, home)
  await studio.isReady()
  client = await makeClient({ url: studio.url, signIn: () => signInAt(studio.url) })
})
afterAll(async () => {
  studio?.child.kill('SIGTERM')
  await studio?.exited
  await peer.stop()
})

const data = (...names: string[]) => path.join(settings.STUDIO_DATA_DIR ?? '', ...names)

/** `npm run studio -- …`, without npm in between. */
async function shell(...words: string[]): Promise<string> {
  const logFile = path.join(folderIn(home), 'shell.log')
  const { exited, logs } = spawnNode(['scripts/studio.mjs', ...words], { env: settings, logFile })
  const { code } = await exited
  expect([words[0], code, logs()]).toEqual([words[0], 0, expect.anything()])
  return logs()
}

async function submit(prompt: string): Promise<string> {
  const answer = await client.submit({ prompt, sample: 1 })
  expect(answer.status).toBe(202)
  const { id }: { id: string } = await answer.json()
  return id
}

/** Keeps generations on their way and in the queue while something else is done. Returns their ids. */
async function whileGenerating(work: () => Promise<void>): Promise<string[]> {
  const ids: string[] = []
  let isOver = false
  const generate = async () => {
    do {
      const id = await submit(`meanwhile ${ids.length} ${randomUUID()}`)
      ids.push(id)
      await client.ended(id)
    } while (!isOver)
  }
  const generating = Array.from({ length: AT_ONCE }, generate)
  await expect.poll(() => ids.length).toBeGreaterThanOrEqual(AT_ONCE)
  await work().finally(() => (isOver = true))
  await Promise.all(generating)
  return ids
}

/** The SHA-256 of the bytes that the studio answers for each image, beside what the row says. */
async function hashesOf(generations: Generation[]): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const { id, sha256, urls } of generations.flatMap(({ images }) => images)) {
    const answer = await fetch(`${client.url}${urls.original}`, { headers: client.headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([answer.status, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, sha256])
    hashes.set(id, sha256 ?? '')
  }
  return hashes
}

async function openLink(id: string): Promise<string> {
  const answer = await fetch(`${client.url}/api/v1/share-links`, {
    method: 'POST',
    headers: client.headers,
    body: JSON.stringify({ target: { kind: 'generation', id } }),
  })
  expect(answer.status).toBe(201)
  const { url }: { url: string } = await answer.json()
  return url
}

/** Everything at once: each process by SIGKILL, then the whole data directory. */
async function destroy() {
  const children = Object.values(recordedChildren(settings)).map(({ pid }) => pid)
  const postmaster = Number(fs.readFileSync(data('postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const victims = [studio.child.pid ?? 0, ...children, postmaster]
  for (const pid of victims) signalIfThere(pid, 'SIGKILL')
  await studio.exited
  const areGone = () => victims.every((pid) => processIdentity(pid) === null)
  expect(await waitUntil(areGone, { timeoutMs: 10_000 })).toBe(true)
  await expect.poll(() => fs.rmSync(data(), { recursive: true, force: true })).toBeUndefined() // its last children still write
  expect(fs.existsSync(data())).toBe(false)
}

/** How often each prompt was painted, over all lives of the sandbox. */
function paintedTimes(): number[] {
  const times = new Map<string, number>()
  for (const line of fs.readFileSync(data('sandbox', 'images.jsonl'), 'utf8').split('\n').filter(Boolean)) {
    const { prompt }: { prompt: string } = JSON.parse(line)
    times.set(prompt, (times.get(prompt) ?? 0) + 1)
  }
  return [...times.values()]
}

test('after everything is destroyed, a backup that was made while images came brings back every byte, link and key', async () => {
  const first = await Promise.all(Array.from({ length: BEFORE }, (_, at) => submit(`before ${at}`)))
  const done = await Promise.all(first.map((id) => client.ended(id)))
  const known = await hashesOf(done)
  expect(known.size).toBe(BEFORE)
  const link = await openLink(first[0] ?? '')
  const meanwhile = await whileGenerating(async () => {
    expect(await shell('backup', '--to', bucket)).toMatch(/\d+ rows, \d+ files/)
  })
  const secret = fs.readFileSync(data('secret'))
  await destroy()

  fs.mkdirSync(data(), { mode: 0o700 })
  fs.writeFileSync(data('secret'), secret, { mode: 0o600 })
  expect(await shell('verify', '--from', bucket)).toContain('All is well in the backup')
  expect(await shell('restore', '--from', bucket)).toContain('is restored')
  settings.BACKUP_DIR = folder
  studio = launch(settings, home)
  await studio.isReady()

  const ids = [...first, ...meanwhile]
  const isThere = ({ id }: Partial<Generation>) => id !== undefined // what was asked for after the backup is not
  const restored = (await Promise.all(ids.map(client.get))).filter(isThere) // with the key that was made before
  expect(restored.length).toBeGreaterThanOrEqual(BEFORE + AT_ONCE)
  const ended = await Promise.all(restored.map(({ id }) => client.ended(id))) // also what was on its way
  expect(ended.filter(({ status }) => status === 'canceled').length).toBeGreaterThan(0) // queued then: not sent again
  const hashes = await hashesOf(ended)
  expect([...known].filter(([id, sha256]) => hashes.get(id) !== sha256)).toEqual([])
  expect(ended.filter(({ status, images }) => (status === 'succeeded') !== images.length > 0)).toEqual([])
  expect(Math.max(...paintedTimes())).toBe(1)

  expect((await fetch(`${client.url}${link}`)).status).toBe(200)
  const { items } = await (
    await fetch(`${client.url}/api/v1/share-links`, { headers: client.headers })
  ).json()
  expect(items.map(({ url }: { url: string }) => url)).toEqual([link]) // its token is encrypted by the secret
  expect((await fetch(`${client.url}/api/v1/me`, { headers: { cookie: client.cookie } })).status).toBe(200)
  const cookie = await signInAt(studio.url)
  expect(await shell('verify')).toContain('All is well in the studio')

  const system = async (): Promise<System> =>
    (await fetch(`${client.url}/api/v1/system`, { headers: { cookie } })).json()
  await expect.poll(async () => (await system()).backup).toMatchObject({ state: 'ok', problem: null }) // due since the start
  expect(await shell('verify', '--from', folder)).toContain('All is well in the backup')
})
