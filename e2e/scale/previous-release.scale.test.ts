import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClient, type Client } from '@/e2e/support/client'
import { temporaryFolder } from '@/e2e/support/folders'
import { buildPreviousRelease } from '@/e2e/support/previous-release'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { createEmptyDatabase } from '@/e2e/support/test-database'
import { answerWithImages, startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import { migrate } from '@/scripts/migrate.mjs'

/** While a release takes over, the one before still reads and writes the same database, which has the new schema. */
const home = temporaryFolder()
let upstream: FakeUpstream
let before: Studio
let now: Studio
let previous: Client
let current: Client

beforeAll(async () => {
  const root = buildPreviousRelease(home)
  upstream = await startUpstream(answerWithImages())
  const databaseUrl = await createEmptyDatabase()
  const dataDir = fs.mkdtempSync(`${home}/data-`)
  const shared = { databaseUrl, dataDir, env: { FLAMEL_API_KEY: 'test', FLAMEL_API_URL: upstream.url } }
  await migrate(databaseUrl)
  before = await startStudio({ ...shared, root })
  now = await startStudio(shared)
  previous = await makeClient(before)
  current = await makeClient(now)
}, 1_200_000)
afterAll(() => Promise.all([before?.stop(), now?.stop(), upstream?.close()]), 60_000)

test('what either release makes under the new schema, the other shows to its last byte', async () => {
  const made = await Promise.all(
    [previous, current, previous, current].map(async (client, turn) => {
      const answer = await client.submit({ prompt: `between releases ${turn}`, sample: 2 })
      expect(answer.status).toBe(202)
      const { id }: { id: string } = await answer.json()
      return { id, end: await client.ended(id) }
    }),
  )
  expect(made.map(({ end }) => end.status)).toEqual(made.map(() => 'succeeded'))
  expect(upstream.calls).toHaveLength(4)
  for (const { id } of made) {
    const seen = await Promise.all([previous, current].map((client) => client.get(id)))
    const images = seen.map((generation) => generation.images.map((image) => image.urls.original))
    expect(images[0]).toEqual(images[1])
    for (const image of images[0] ?? []) {
      const bytes = await Promise.all([previous, current].map((client) => bytesOf(client, image)))
      expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true)
      expect(bytes[0]?.toString('latin1', 8, 12)).toBe('WEBP')
    }
  }
})

test('a drop-in client of the release before gets its images from it, and its pages open', async () => {
  const answer = await previous.dropIn({ prompt: 'still here' })
  expect([answer.status, (await answer.json()).images.length]).toEqual([201, 1])
  const teams = await fetch(`${before.url}/api/v1/teams`, { headers: { cookie: previous.cookie } })
  const { items }: { items: { slug: string }[] } = await teams.json()
  for (const page of [
    'create',
    'gallery',
    'styles',
    'settings/profile',
    'settings/usage',
    'settings/system',
  ]) {
    const opened = await fetch(`${before.url}/t/${items[0]?.slug}/${page}`, {
      headers: { cookie: previous.cookie },
    })
    expect([page, opened.status]).toEqual([page, 200])
    await opened.arrayBuffer()
  }
})

test('what the release before still had queued when it is stopped is finished by the new one', async () => {
  const ids = await Promise.all(
    Array.from({ length: 6 }, async (_, turn) => {
      const answer = await previous.submit({ prompt: `handed over ${turn}` })
      return ((await answer.json()) as { id: string }).id // what our API answers
    }),
  )
  const calls = upstream.calls.length
  await before.sigterm()
  const ends = await Promise.all(ids.map((id) => current.ended(id)))
  expect(ends.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'))
  expect(upstream.calls.length - calls).toBeLessThanOrEqual(6)
  expect(new Set(upstream.calls.map(({ body }) => body.prompt)).size).toBe(upstream.calls.length)
})

async function bytesOf(client: Client, address: string): Promise<Buffer> {
  const answer = await fetch(`${client.url}${address}`, { headers: { cookie: client.cookie } })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
