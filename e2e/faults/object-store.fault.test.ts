import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { makeClient } from '@/e2e/support/client'
import { filesBelow, temporaryFolder } from '@/e2e/support/folders'
import { callsOf } from '@/e2e/support/ledger'
import { launch, launchSettings } from '@/e2e/support/launcher'
import { type S3Peer, startS3Peer } from '@/e2e/support/s3-peer'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Settings, type Studio } from '@/e2e/support/studio'
import { createTestDatabase } from '@/e2e/support/test-database'

vi.setConfig({ testTimeout: 300_000 }) // several starts in each

const SECRET = 'a secret of the tests, at least 32 characters long'
const home = temporaryFolder()
let sandbox: Sandbox
let peer: S3Peer
let studio: Studio | undefined
beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
})
beforeEach(async () => {
  peer = await startS3Peer()
})
afterEach(async () => {
  await studio?.stop()
  studio = undefined
  await peer.stop()
})
afterAll(() => sandbox?.stop())

const onDisk = () => ({ SANDBOX_PORT: String(sandbox.port) })
const inBucket = () => ({ ...onDisk(), ...peer.env })

async function start(settings: Partial<Settings>) {
  studio = await startStudio(settings)
  return { studio, client: await makeClient(studio) }
}

/** What `npm run -s studio -- …` says, and how it ends. */
async function command(words: string[], { dataDir, databaseUrl }: Settings) {
  const env = {
    ...{ DATABASE_URL: databaseUrl, STUDIO_DATA_DIR: dataDir, STUDIO_SECRET: SECRET },
    ...peer.env,
  }
  const logFile = path.join(home, `${crypto.randomUUID()}.log`)
  const { exited, logs } = spawnNode(['scripts/studio.mjs', ...words], { env, logFile })
  const { code } = await exited
  return { code, said: logs() }
}

test.each([
  ['STORAGE_URL', 's3://another', /it has no such bucket \(NoSuchBucket\): make it/],
  ['S3_ENDPOINT', 'http://127.0.0.1:1', /it cannot be reached \(ECONNREFUSED\): check S3_ENDPOINT/],
  ['S3_REGION', 'us-east-1', /in another region .*: set S3_REGION/],
  ['S3_ACCESS_KEY_ID', 'NOBODY', /does not know the access key .*: check S3_ACCESS_KEY_ID/],
  ['S3_SECRET_ACCESS_KEY', 'not-the-secret-of-it', /does not know the access key \(SignatureDoesNotMatch\)/],
])('a start with a wrong %s (%s) is refused in one sentence', async (name, value, sentence) => {
  const databaseUrl = await createTestDatabase()
  const refused = startStudio({ databaseUrl, env: { ...inBucket(), [name]: value, LOG_LEVEL: 'silent' } })
  const said = await refused.then(
    () => 'it started',
    (error: unknown) => String(error),
  )
  const sentences = said.match(/^The studio could not start: .*$/gm) ?? []
  expect(sentences).toEqual([expect.stringMatching(sentence)])
  expect(said).not.toMatch(/not-the-secret|the-secret-of-the-store|^\s+at /m)
})

test('a start with a malformed STORAGE_URL is refused in one sentence before anything runs', async () => {
  const { exited, logs } = launch({ ...(await launchSettings(home)), STORAGE_URL: 'https://bucket' }, home)
  expect((await exited).code).toBe(1)
  expect(logs().trim().split('\n').at(-1)).toMatch(
    /^STORAGE_URL must be an address such as s3:\/\/bucket .*\.$/,
  )
})

test('kill -9 while an answer is on its way to the bucket: the next start brings it there, without another call', async () => {
  const { studio: first, client } = await start({ env: { ...inBucket(), LOG_LEVEL: 'debug' } })
  const isAsked = new Promise<void>((resolve) => {
    peer.before = ({ method, key }) => {
      if (method !== 'PUT' || !key.includes('blobs/')) return undefined
      resolve()
      return new Promise(() => {}) // never answered
    }
  })
  const prompt = 'killed on the way to the bucket'
  const { id }: { id: string } = await (await client.submit({ prompt, sample: 2 })).json()
  await isAsked
  await first.kill9()
  peer.before = () => undefined
  const { studio: second, client: again } = await start(first.settings)
  const { status, images } = await again.ended(id)
  expect([status, images.map(({ state }) => state)]).toEqual(['succeeded', ['completed', 'completed']])
  expect(await callsOf(sandbox, prompt)).toHaveLength(1)
  expect([...peer.objects.keys()].filter((key) => key.includes('blobs/')).length).toBeGreaterThanOrEqual(2)
  // file by file: thumbnails may just come
  for (const { file } of filesBelow(path.join(second.settings.dataDir, 'cache')))
    fs.rmSync(file, { force: true })
  for (const { urls } of images) {
    const answer = await fetch(`${second.url}${urls.original}`, { headers: again.headers })
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
  }
  expect(second.logs()).not.toMatch(/the-secret-of-the-store|Signature=/)
})

test('moves to the bucket while it serves, serves from there, and moves back', async () => {
  const { studio: first, client } = await start({ env: onDisk() })
  const paint = async () => {
    const { id }: { id: string } = await (await client.submit({ prompt: 'moved', sample: 2 })).json()
    return (await client.ended(id)).images.map(({ urls }) => urls.original)
  }
  const early = await paint()
  const moved = await command(['storage', 'move', '--to', 's3'], first.settings)
  expect(moved).toMatchObject({
    code: 0,
    said: expect.stringMatching(/\d+ copied, .* 0 missing, 0 damaged\./),
  })
  const late = await paint() // on the disk still
  const { settings } = first

  const seen = async (server: Studio, originals: string[]) => {
    const answers = originals.map((original) =>
      fetch(`${server.url}${original}`, { headers: client.headers }),
    )
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  await first.sigterm()
  const { studio: second } = await start({ ...settings, env: inBucket() })
  expect(await seen(second, early)).toEqual([200, 200])
  expect(await seen(second, late)).toEqual([503, 503]) // not lost: they are brought now
  expect((await command(['storage', 'move', '--to', 's3'], settings)).code).toBe(0)
  expect(await seen(second, [...early, ...late])).toEqual([200, 200, 200, 200])
  const well = await command(['doctor'], settings)
  expect(well).toMatchObject({ code: 0, said: expect.stringContaining('images in s3://studio/team/') })

  fs.rmSync(path.join(settings.dataDir, 'blobs'), { recursive: true })
  expect((await command(['storage', 'move', '--to', 'disk'], settings)).code).toBe(0)
  await second.sigterm()
  const { studio: third } = await start({ ...settings, env: onDisk() })
  expect(await seen(third, [...early, ...late])).toEqual([200, 200, 200, 200])
  peer.misbehave = () => 'denied'
  const ill = await command(['doctor'], settings)
  expect(ill).toMatchObject({
    code: 1,
    said: expect.stringMatching(/WRONG {2}the object store .* cannot be used/),
  })
})
