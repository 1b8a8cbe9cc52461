import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { filesBelow, temporaryFolder } from '@/e2e/support/folders'
import { type S3Peer, startS3Peer } from '@/e2e/support/s3-peer'
import { cachedStore, type CachedStore } from '@/lib/platform/blob-cache'
import type { BlobName } from '@/lib/platform/blob-store'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { s3Store, type S3Store } from '@/lib/platform/s3-store'

vi.setConfig({ testTimeout: 30_000 })

const LIMIT_BYTES = 4_000_000
const SIZE_BYTES = 200_000

let peer: S3Peer
let objects: S3Store
let folder: string
let store: CachedStore
beforeEach(async () => {
  peer = await startS3Peer()
  objects = s3Store(peer.settings)
  folder = temporaryFolder()
  store = cachedStore(objects, folder, LIMIT_BYTES)
})
afterEach(async () => {
  objects.close()
  await peer.stop()
})

const team = randomUUID()
function blob(sizeBytes = SIZE_BYTES): { name: BlobName; bytes: Buffer } {
  const bytes = randomBytes(sizeBytes)
  return { bytes, name: { teamId: team, sha256: createHash('sha256').update(bytes).digest('hex') } }
}
const gets = () => peer.requests.filter(({ method }) => method === 'GET').length
const cachedBytes = () => filesBelow(folder).reduce((sum, { found }) => sum + found.size, 0)

test('what was stored here is read here, in parts, too, and while the store is away', async () => {
  const { name, bytes } = blob()
  await store.put(name, bytes)
  peer.misbehave = () => 'denied'
  expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
  expect((await buffer(await store.open(name, { start: 7, end: 70 }))).equals(bytes.subarray(7, 71))).toBe(
    true,
  )
  expect(await store.sizeHere(name)).toBe(bytes.length)
})

test('what is not here is fetched once, whoever asks', async () => {
  const { name, bytes } = blob()
  await objects.put(name, bytes)
  const read = await Promise.all(Array.from({ length: 8 }, async () => buffer(await store.open(name))))
  expect(read.every((one) => one.equals(bytes))).toBe(true)
  expect(gets()).toBe(1)
  await buffer(await store.open(name))
  expect(gets()).toBe(1)
})

test('what the store did not take is not here either', async () => {
  const { name, bytes } = blob()
  peer.misbehave = () => 'denied'
  await expect(store.put(name, bytes)).rejects.toThrow()
  expect(await store.sizeHere(name)).toBeNull()
  expect(filesBelow(folder)).toEqual([])
})

test('other bytes than were stored are an error, not an image, and are not kept', async () => {
  const { name, bytes } = blob()
  await objects.put(name, bytes)
  peer.misbehave = ({ method }) => (method === 'GET' ? 'other_bytes' : undefined)
  await expect(store.open(name)).rejects.toThrow('other bytes')
  expect(filesBelow(folder)).toEqual([])
  peer.misbehave = () => undefined
  expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
})

test('the copies stay within their limit: the ones used longest ago go first', async () => {
  const blobs = Array.from({ length: 30 }, () => blob())
  const [first] = blobs
  for (const { name, bytes } of blobs) {
    await store.put(name, bytes)
    const file = path.join(folder, name.sha256.slice(0, 2), `${team}.${name.sha256}`)
    const past = new Date(Date.now() - HOUR_MS + blobs.length)
    if (fs.existsSync(file)) fs.utimesSync(file, past, past)
    if (first) await buffer(await store.open(first.name)) // used all the time
  }
  await expect.poll(cachedBytes, { timeout: 10_000 }).toBeLessThanOrEqual(LIMIT_BYTES)
  expect(cachedBytes()).toBeGreaterThan(LIMIT_BYTES / 2)
  expect(first && (await store.sizeHere(first.name))).toBe(SIZE_BYTES)
  for (const { name, bytes } of blobs) expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
})

test('the copies stay within their limit, too, when many come while the earlier ones make room', async () => {
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      const { name, bytes } = blob()
      await store.put(name, bytes)
    }),
  )
  await expect.poll(cachedBytes, { timeout: 10_000 }).toBeLessThanOrEqual(LIMIT_BYTES)
})

test('what is too large for the cache, or finds no place in it, is read all the same', async () => {
  const large = blob(LIMIT_BYTES / 2)
  await store.put(large.name, large.bytes)
  expect((await buffer(await store.open(large.name))).equals(large.bytes)).toBe(true)
  expect(filesBelow(folder)).toEqual([])

  const file = path.join(folder, 'a-file')
  fs.writeFileSync(file, 'where the folder should be')
  const placeless = cachedStore(objects, file, LIMIT_BYTES)
  const { name, bytes } = blob()
  await placeless.put(name, bytes)
  expect((await buffer(await placeless.open(name))).equals(bytes)).toBe(true)
  await expect(placeless.open(blob().name)).rejects.toMatchObject({ status: 404 })
})

test('what is removed from the store is removed here', async () => {
  const { name, bytes } = blob()
  await store.put(name, bytes)
  expect(await store.remove(name, new Date(Date.now() + 60_000))).toBe(true)
  expect(filesBelow(folder)).toEqual([])
  await expect(store.open(name)).rejects.toThrow()
})

test('half a copy that a crash left is cleared a day later', async () => {
  fs.mkdirSync(path.join(folder, 'making'))
  fs.writeFileSync(path.join(folder, 'making', randomUUID()), 'half')
  expect(await store.clearLeftovers(Date.now())).toBe(0)
  expect(await store.clearLeftovers(Date.now() + 2 * DAY_MS)).toBe(1)
  expect(filesBelow(folder)).toEqual([])
})
