import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { startS3Peer } from '@/e2e/support/s3-peer'
import { cachedStore } from '@/lib/platform/blob-cache'
import type { BlobName, BlobStore } from '@/lib/platform/blob-store'
import { HOUR_MS } from '@/lib/platform/durations'
import { fileStore } from '@/lib/platform/file-store'
import { s3Store } from '@/lib/platform/s3-store'

/** Another store takes its place in this table, and has to pass what follows. */
const stores: [name: string, open: () => Promise<BlobStore>][] = [
  ['files', async () => fileStore(temporaryFolder())],
  ['objects', openObjects],
  ['objects, with copies', async () => cachedStore(await openObjects(), temporaryFolder(), 100_000_000)],
]

/** In the real server of `npm run test:scale`, under a prefix of the test's own, or in a peer. */
async function openObjects(): Promise<BlobStore> {
  const server = process.env.OBJECT_STORE_UNDER_TEST
  if (server) return s3Store({ ...JSON.parse(server), prefix: `${randomUUID()}/` })
  const peer = await startS3Peer()
  afterAll(() => peer.stop())
  return s3Store(peer.settings)
}

const nameOf = (bytes: Buffer, teamId: string = randomUUID()): BlobName => ({
  teamId,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

describe.each(stores)('a store of %s', (_name, open) => {
  let store: BlobStore
  beforeEach(async () => {
    store = await open()
  })

  const names = async () => {
    const found: BlobName[] = []
    for await (const name of store.list()) found.push(name)
    return found
  }

  test.each([0, 1, 3_000_000])('gives back the %s bytes that it was given', async (size) => {
    const bytes = randomBytes(size)
    const name = nameOf(bytes)
    await store.put(name, bytes)
    expect((await store.stat(name))?.sizeBytes).toBe(size)
    expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
  })

  test('gives a part, both ends included', async () => {
    const bytes = randomBytes(2_000_000)
    const name = nameOf(bytes)
    await store.put(name, bytes)
    for (const [start, end] of [
      [0, 0],
      [0, 1_999_999],
      [7, 1_500_000],
      [1_999_999, 1_999_999],
    ] as const)
      expect(
        (await buffer(await store.open(name, { start, end }))).equals(bytes.subarray(start, end + 1)),
      ).toBe(true)
  })

  test('knows nothing of what it was not given, nor of another team’s', async () => {
    const bytes = Buffer.from('only of one team')
    const name = nameOf(bytes)
    await store.put(name, bytes)
    const foreign = { ...name, teamId: randomUUID() }
    expect(await store.stat(foreign)).toBeNull()
    await expect(store.open(foreign).then(buffer)).rejects.toThrow()
    expect(await store.remove(foreign, new Date())).toBe(true) // it is gone, as asked
    expect(await names()).toEqual([name])
  })

  test('takes the same bytes twice, and counts them as used now', async () => {
    const bytes = Buffer.from('twice')
    const name = nameOf(bytes)
    await store.put(name, bytes)
    const later = new Date(Date.now() + HOUR_MS)
    expect(await store.remove(name, new Date(Date.now() - HOUR_MS))).toBe(false)
    await Promise.all(Array.from({ length: 8 }, () => store.put(name, bytes)))
    expect(await names()).toEqual([name])
    expect(await store.remove(name, later)).toBe(true)
    expect(await store.stat(name)).toBeNull()
    expect(await names()).toEqual([])
    await store.put(name, bytes)
    expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
  })

  test('lists every name once', async () => {
    const blobs = Array.from({ length: 50 }, () => randomBytes(16))
    const given = blobs.map((bytes, index) => nameOf(bytes, `team-${index % 3}`))
    await Promise.all(blobs.map((bytes, index) => store.put(given[index] ?? nameOf(bytes), bytes)))
    const sorted = (list: BlobName[]) => list.map(({ teamId, sha256 }) => `${teamId}/${sha256}`).sort()
    expect(sorted(await names())).toEqual(sorted(given))
  })

  test('has room, and reads on what is removed meanwhile', async () => {
    expect(await store.room()).toBeGreaterThan(1_000_000)
    const bytes = randomBytes(5_000_000)
    const name = nameOf(bytes)
    await store.put(name, bytes)
    const reading = await store.open(name)
    expect(await store.remove(name, new Date(Date.now() + HOUR_MS))).toBe(true)
    expect((await buffer(reading)).equals(bytes)).toBe(true)
  })

  test('clears what a crash left, never what is stored', async () => {
    const bytes = Buffer.from('stays')
    const name = nameOf(bytes)
    await store.put(name, bytes)
    await store.clearLeftovers(Date.now() + 48 * HOUR_MS)
    expect(await names()).toEqual([name])
  })
})

test('files that cannot be written say so, leave nothing behind, and have no room', async () => {
  const folder = temporaryFolder()
  fs.writeFileSync(path.join(folder, 'blobs'), 'a file where the folder should be')
  const store = fileStore(folder)
  const bytes = Buffer.from('nowhere')
  await expect(store.put(nameOf(bytes), bytes)).rejects.toThrow()
  expect(await store.room()).toBe(0)
  expect(fs.readdirSync(folder, { recursive: true })).toEqual(['blobs', 'making'])
})
