import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { poolKey } from '@/e2e/support/backup-sites'
import { type S3Peer, startS3Peer } from '@/e2e/support/s3-peer'
import { bucketPlace } from '@/lib/backup/bucket-place'
import { folderPlace } from '@/lib/backup/folder-place'
import type { Place } from '@/lib/backup/place'
import type { S3Settings } from '@/lib/platform/storage-settings'

vi.setConfig({ testTimeout: 30_000 }) // a store that fails is asked again, with pauses

const home = temporaryFolder()
const inBucket = (settings: S3Settings) =>
  bucketPlace(settings, { making: path.join(home, 'making'), variable: (name) => `BACKUP_S3_${name}` })

/** Another kind of place goes into this table, and has to pass what follows. */
const places: [kind: string, open: () => Promise<Place>][] = [
  ['a folder', async () => folderPlace(path.join(temporaryFolder(), 'backups'))],
  ['a bucket', openBucket],
]

/** In the real server of `npm run test:scale`, under a prefix of the test's own, or in a peer. */
async function openBucket(): Promise<Place> {
  const server = process.env.OBJECT_STORE_UNDER_TEST
  if (server) return inBucket({ ...JSON.parse(server), prefix: `${randomUUID()}/` })
  const peer = await startS3Peer()
  afterAll(() => peer.stop())
  return inBucket(peer.settings)
}

const KEY = 'backups/20261128T000000000Z/tables/Image.copy.gz'
const pieces = (count: number) => Array.from({ length: count }, () => randomBytes(100_000))
const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function keysOf(place: Place, folder = '') {
  const keys: string[] = []
  for await (const key of place.list(folder)) keys.push(key)
  return keys.sort()
}

describe.each(places)('%s for backups', (_kind, open) => {
  let place: Place
  beforeEach(async () => {
    place = await open()
    await place.demand('write')
  })
  afterEach(() => place.close())

  test.each([1, 30])('gives back the %s pieces that it was given, and says what they were', async (count) => {
    const given = pieces(count)
    const bytes = Buffer.concat(given)
    expect(await place.put(KEY, given)).toEqual({ sizeBytes: bytes.length, sha256: sum(bytes) })
    expect((await buffer(await place.open(KEY))).equals(bytes)).toBe(true)
    await place.put(KEY, [Buffer.from('another')])
    expect((await buffer(await place.open(KEY))).toString()).toBe('another')
    await place.demand('read')
  })

  test('has nothing of what broke off before its end', async () => {
    const broken = (async function* () {
      yield* pieces(3)
      throw new Error('the table broke off')
    })()
    await expect(place.put(KEY, broken)).rejects.toThrow('the table broke off')
    expect(await keysOf(place)).toEqual([])
    await expect(place.open(KEY)).rejects.toThrow()
  })

  test('lists what is below a folder, beyond one page, and nothing beside it', async () => {
    const keys = Array.from({ length: 45 }, (_, at) => `backups/a/tables/T${at}.copy.gz`)
    for (const key of [...keys, 'backups/b/manifest.json', 'blobs/other'])
      await place.put(key, [Buffer.from(key)])
    expect(await keysOf(place, 'backups/a/')).toEqual(keys.toSorted())
    expect(await keysOf(place, 'backups/')).toEqual([...keys, 'backups/b/manifest.json'].toSorted())
    expect(await keysOf(place, 'elsewhere/')).toEqual([])
  })

  test('lists the others while some of them are removed', async () => {
    const keys = Array.from({ length: 45 }, (_, at) => `backups/${at}/tables/Image.copy.gz`)
    for (const key of keys) await place.put(key, [Buffer.from(key)])
    const seen: string[] = []
    for await (const key of place.list('backups/')) {
      if (seen.length === 0)
        for (const other of keys.slice(1, 22)) if (other !== key) await place.remove(other)
      seen.push(key)
    }
    expect(seen).toEqual(expect.arrayContaining(keys.slice(22)))
  })

  test('removes what is there and what is not', async () => {
    for (const key of [KEY, 'backups/b/manifest.json']) await place.put(key, [Buffer.from(key)])
    await place.remove(KEY)
    await place.remove(KEY)
    expect(await keysOf(place)).toEqual(['backups/b/manifest.json'])
  })

  test('knows the files of all backups, and how large they are', async () => {
    const bytes = randomBytes(1_000)
    const name = { teamId: randomUUID(), sha256: sum(bytes) }
    await place.blobs.put(name, bytes)
    expect((await place.blobs.stat(name))?.sizeBytes).toBe(1_000)
    expect(await place.blobs.stat({ ...name, teamId: randomUUID() })).toBeNull()
  })
})

test('an emptied folder leaves no empty ones behind', async () => {
  const folder = temporaryFolder()
  const place = folderPlace(folder)
  await place.put(KEY, [Buffer.from('gone soon')])
  await place.remove(KEY)
  expect(fs.existsSync(path.join(folder, 'backups'))).toBe(false)
})

describe('a bucket', () => {
  let peer: S3Peer
  beforeEach(async () => {
    peer = await startS3Peer()
  })
  afterEach(() => peer.stop())

  test('is given a table again from its beginning when it broke off, and keeps none on the disk', async () => {
    const place = inBucket(peer.settings)
    let left = 2
    peer.misbehave = ({ method }) => (method === 'PUT' && left-- > 0 ? 'slow_down' : undefined)
    const given = pieces(20)
    await place.put(KEY, given)
    expect(peer.objects.get(`team/${KEY}`)?.bytes.equals(Buffer.concat(given))).toBe(true)
    expect(fs.readdirSync(path.join(home, 'making'))).toEqual([])
    place.close()
  })

  test('keeps nobody waiting who reads slowly: all of a table is here before its first row is read', async () => {
    const place = inBucket(peer.settings)
    const given = pieces(200)
    await place.put(KEY, given)
    const reading = await place.open(KEY)
    await peer.stop()
    expect((await buffer(reading)).equals(Buffer.concat(given))).toBe(true)
    await expect(place.open(KEY)).rejects.toMatchObject({ status: 0 })
    place.close()
  })

  test('is asked once for a thousand of the files that it may have', async () => {
    const place = inBucket(peer.settings)
    const names = Array.from({ length: 15 }, () => ({ teamId: randomUUID(), sha256: sum(randomBytes(8)) }))
    for (const name of names)
      peer.objects.set(`team/${poolKey(name)}`, { bytes: Buffer.alloc(7), modifiedAt: new Date() })
    const found = await Promise.all(names.map((name) => place.blobs.stat(name)))
    expect(found.map((one) => one?.sizeBytes)).toEqual(names.map(() => 7))
    expect(peer.requests).toHaveLength(1)
    place.close()
  })

  test.each([
    [
      'is missing',
      { bucket: 'nowhere' },
      /it has no such bucket \(NoSuchBucket\): make it, or name another\.$/,
    ],
    [
      'knows another key',
      { accessKeyId: 'STRANGER' },
      /check BACKUP_S3_ACCESS_KEY_ID and BACKUP_S3_SECRET_ACCESS_KEY\.$/,
    ],
    [
      'is in another region',
      { region: 'eu-north-1' },
      /is in another region \(\w+\): set BACKUP_S3_REGION\.$/,
    ],
    [
      'is not reached',
      { endpoint: 'http://127.0.0.1:9' },
      /it cannot be reached \(ECONNREFUSED\): check BACKUP_S3_ENDPOINT\.$/,
    ],
  ])('that %s says so in one sentence', async (_how, other, advice) => {
    const place = inBucket({ ...peer.settings, ...other })
    for (const use of ['read', 'write'] as const) {
      const said = await place.demand(use).catch((error: Error) => error.message)
      expect(said).toMatch(/^The object store s3:\/\/\w+\/team\/ \(\S+\) cannot be used: [^\n]+\.$/)
      expect(said).toMatch(advice)
    }
    place.close()
  })

  test('that may only be read is enough to restore from', async () => {
    const place = inBucket(peer.settings)
    peer.misbehave = ({ method }) => (method === 'PUT' ? 'denied' : undefined)
    await place.demand('read')
    await expect(place.demand('write')).rejects.toThrow('may not list, read, write and delete in it')
    place.close()
  })
})
