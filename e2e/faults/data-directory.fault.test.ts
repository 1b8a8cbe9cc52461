import fs from 'node:fs'
import type http from 'node:http'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { makeClient } from '@/e2e/support/client'
import { filesBelow, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched } from '@/e2e/support/launcher'
import { signInAt } from '@/e2e/support/sign-in'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { createTestDatabase } from '@/e2e/support/test-database'
import { makeAnswer, makeImage, startUpstream } from '@/e2e/support/upstream'
import { waitUntil } from '@/scripts/processes.mjs'

vi.setConfig({ testTimeout: 400_000 }) // six starts of everything

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
const running: Launched[] = []
afterEach(async () => {
  for (const { child, exited } of running.splice(0)) {
    child.kill('SIGTERM')
    await exited
  }
})

type Settings = Record<string, string>
const start = (settings: Settings) => {
  const launched = launch(settings, home)
  running.push(launched)
  return launched
}
const settingsOn = async (databaseUrl: string): Promise<Settings> => ({
  ...(await launchSettings(home)),
  SANDBOX_PAINTER: 'plain',
  DATABASE_URL: databaseUrl,
  STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
})
const directoryOf = ({ STUDIO_DATA_DIR = '' }: Settings) => STUDIO_DATA_DIR

async function end({ child, exited }: Launched) {
  child.kill('SIGTERM')
  expect(await exited).toEqual({ code: 0, signal: null })
}

/** What a start that is refused says: the one sentence, and no trace of code. */
async function refusal(settings: Settings): Promise<string> {
  const launched = start(settings)
  expect((await launched.exited).code).toBe(1)
  expect(launched.logs()).not.toMatch(/^\s+at /m)
  const sentences = launched.logs().match(/^The studio could not start: .*$/gm) ?? []
  expect(sentences).toHaveLength(1)
  return sentences[0] ?? ''
}

/** Every file with its size and when it was written, but for the marks by which living processes are seen. */
function filesIn(directory: string): string[] {
  return filesBelow(directory)
    .filter(({ name }) => !name.startsWith('processes'))
    .map(({ name, found }) => `${name} ${found.size} ${found.mtimeMs}`)
    .sort()
}

/** Generates one image, to its thumbnail. */
async function paint({ url }: Launched) {
  const client = await makeClient({ url, signIn: () => signInAt(url) })
  const { id }: { id: string } = await (await client.submit({ prompt: 'kept' })).json()
  const { images } = await client.ended(id)
  await expect.poll(async () => (await client.ended(id)).images[0]?.placeholder).not.toBeNull()
  const original = `${url}${images[0]?.urls.original}`
  return { isThere: async () => (await fetch(original, { headers: client.headers })).status === 200 }
}

test('a second start on the same database with another directory, or with a copy of it, is refused, and the first goes on untouched', async () => {
  const settings = await settingsOn(await createTestDatabase())
  const first = start(settings)
  await first.isReady()
  const image = await paint(first)
  await waitUntil(() => fs.existsSync(path.join(directoryOf(settings), 'blobs')), { timeoutMs: 5_000 })
  const copied = await settingsOn(settings.DATABASE_URL ?? '')
  const thumbnails = await quiet(directoryOf(settings))
  fs.cpSync(directoryOf(settings), directoryOf(copied), { recursive: true })
  fs.rmSync(path.join(directoryOf(copied), 'run.json')) // the copy is of a machine of its own

  const stranger = await settingsOn(settings.DATABASE_URL ?? '')
  expect(await refusal(stranger)).toMatch(/is not the one that this database belongs to: set STUDIO_DATA_DIR/)
  expect(await refusal(copied)).toMatch(/another studio on this database .* perhaps on the one .* a copy of/)
  expect(filesIn(directoryOf(settings))).toEqual(thumbnails)
  expect(await image.isThere()).toBe(true)
  expect(await (await fetch(`${first.url}/api/health`)).json()).toMatchObject({ status: 'ok' })
})

/** The files once nothing has been written for a second: thumbnails follow an image. */
async function quiet(directory: string): Promise<string[]> {
  let seen = filesIn(directory)
  let since = Date.now()
  await waitUntil(
    () => {
      const now = filesIn(directory)
      if (now.join() !== seen.join()) since = Date.now()
      seen = now
      return Date.now() - since > 1_000
    },
    { timeoutMs: 20_000 },
  )
  return seen
}

test('directories that were exchanged are refused; put back, or moved elsewhere, each studio has its images', async () => {
  const [one, two] = [
    await settingsOn(await createTestDatabase()),
    await settingsOn(await createTestDatabase()),
  ]
  for (const settings of [one, two]) {
    const studio = start(settings)
    await studio.isReady()
    await paint(studio)
    await end(studio)
  }
  const before = [one, two].map((settings) => filesIn(directoryOf(settings)))
  const exchanged = { ...one, STUDIO_DATA_DIR: directoryOf(two) }
  expect(await refusal(exchanged)).toContain('is not the one that this database belongs to')
  expect([one, two].map((settings) => filesIn(directoryOf(settings)))).toEqual(before)
  const moved = { ...one, STUDIO_DATA_DIR: `${directoryOf(one)}-moved` }
  fs.renameSync(directoryOf(one), directoryOf(moved))
  const studio = start(moved)
  await studio.isReady()
  expect(await (await fetch(`${studio.url}/api/health`)).json()).toMatchObject({ status: 'ok' })
  expect(await (await paint(studio)).isThere()).toBe(true)
})

test('a server that starts while a worker is in the middle of an answer leaves its files alone', async () => {
  const upstream = await startUpstream()
  const open: http.ServerResponse[] = []
  let rest = ''
  upstream.answer = async ({ body }, response) => {
    const images = await Promise.all([1, 2].map(() => makeImage(400)))
    const said = JSON.stringify(
      makeAnswer(body, images, { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 }),
    )
    const half = Math.floor(said.length / 2)
    rest = said.slice(half)
    response.writeHead(201, { 'content-type': 'application/json' }).write(said.slice(0, half))
    open.push(response)
  }
  const flamel = { FLAMEL_API_KEY: 'flm-in-the-middle', FLAMEL_API_URL: upstream.url }
  const studios: Studio[] = []
  const begin = async (given: Parameters<typeof startStudio>[0]) => {
    const studio = await startStudio(given)
    studios.unshift(studio)
    return studio
  }
  try {
    const web = await begin({ env: { ...flamel, STUDIO_DISPATCHER: 'off' } })
    const { databaseUrl, dataDir } = web.settings
    await begin({ databaseUrl, dataDir, env: flamel, isWorker: true })
    const client = await makeClient(web)
    const { id }: { id: string } = await (await client.submit({ prompt: 'half', sample: 2 })).json()
    const spool = () => fs.readdirSync(path.join(dataDir, 'spool')).filter((name) => name.startsWith(id))
    const isHalf = () => open.length === 1 && spool().length === 1
    expect(await waitUntil(isHalf, { timeoutMs: 20_000 })).toBe(true)
    const inode = () => fs.statSync(path.join(dataDir, 'spool', spool()[0] ?? '')).ino
    const [names, before] = [spool(), inode()]

    await begin({ databaseUrl, dataDir, env: flamel }) // a server that also dispatches and clears
    const refused = startStudio({ databaseUrl, env: flamel }) // and one with a directory of its own
    await expect(refused).rejects.toThrow('is not the one that this database belongs to')
    expect([spool(), inode()]).toEqual([names, before])
    expect((await client.get(id)).status).toBe('sending')

    open[0]?.end(rest)
    expect(await client.ended(id)).toMatchObject({
      status: 'succeeded',
      images: [{ state: 'completed' }, { state: 'completed' }],
    })
    expect(upstream.calls).toHaveLength(1)
  } finally {
    for (const studio of studios) await studio.sigterm()
    for (const { settings } of studios) fs.rmSync(settings.dataDir, { recursive: true, force: true })
    await upstream.close()
  }
})
