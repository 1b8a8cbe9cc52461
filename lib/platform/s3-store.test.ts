import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type S3Peer, startS3Peer } from '@/e2e/support/s3-peer'
import type { BlobName } from '@/lib/platform/blob-store'
import { DAY_MS } from '@/lib/platform/durations'
import { s3Store, type S3Store } from '@/lib/platform/s3-store'

vi.setConfig({ testTimeout: 30_000 }) // a store that fails is asked again, with pauses

let peer: S3Peer
let store: S3Store
beforeEach(async () => {
  peer = await startS3Peer()
  store = s3Store(peer.settings)
})
afterEach(async () => {
  store.close()
  await peer.stop()
})

const bytes = randomBytes(300_000)
const name: BlobName = { teamId: randomUUID(), sha256: createHash('sha256').update(bytes).digest('hex') }
const key = `team/blobs/${name.teamId}/${name.sha256.slice(0, 2)}/${name.sha256}`
const note = `team/removing/${name.teamId}/${name.sha256}`
const LONG_AGO = new Date(Date.now() - 10 * DAY_MS)
const YESTERDAY = new Date(Date.now() - DAY_MS)

const asked = (method: string) => peer.requests.filter((request) => request.method === method)
const read = async (...given: Parameters<S3Store['open']>) => buffer(await store.open(...given))

/** Answers with a fault as often as told, to one method. */
function fail(method: string, fault: ReturnType<S3Peer['misbehave']>, times = Infinity) {
  let left = times
  peer.misbehave = (request) => (request.method === method && left-- > 0 ? fault : undefined)
}

describe('what is stored', () => {
  test('lies where it lies in a data directory, and is sent with its hash, on condition that it is new', async () => {
    await store.put(name, bytes)
    expect([...peer.objects.keys()]).toEqual([key])
    expect(asked('PUT')[0]?.headers).toMatchObject({
      'if-none-match': '*',
      'x-amz-content-sha256': name.sha256,
      'x-amz-checksum-sha256': Buffer.from(name.sha256, 'hex').toString('base64'),
      'content-length': '300000',
    })
  })

  test('is what its name says, or nothing is kept', async () => {
    await expect(store.put(name, randomBytes(300_000))).rejects.toMatchObject({ status: 400 })
    expect(peer.objects.size).toBe(0)
  })

  test('is stored, too, where the server knows no condition', async () => {
    peer.isConditional = false
    await store.put(name, bytes)
    await store.put(name, bytes)
    expect((await read(name)).equals(bytes)).toBe(true)
  })

  test('counts as used when it is stored again, and is mended when it was damaged', async () => {
    peer.objects.set(key, { bytes: Buffer.from('damaged'), modifiedAt: LONG_AGO })
    await store.put(name, bytes)
    expect(peer.objects.get(key)?.bytes.equals(bytes)).toBe(true)
    expect(await store.remove(name, YESTERDAY)).toBe(false)
  })
})

test('an answer gives its connection back, whatever it was', async () => {
  await expect(store.open(name)).rejects.toThrow()
  expect(await store.stat(name)).toBeNull()
  await store.put(name, bytes)
  await store.put(name, bytes)
  for (let times = 0; times < 20; times += 1) await store.stat(name)
  await read(name)
  await read(name, { start: 5, end: 9 })
  expect(await store.remove(name, YESTERDAY)).toBe(false)
  await store.clearLeftovers()
  await store.room()
  await store.probe()
  for await (const _ of store.list());
  expect(await store.remove(name, new Date(Date.now() + DAY_MS))).toBe(true)
  expect(peer.requests.length).toBeGreaterThan(30)
  expect(peer.connections).toBeLessThan(10) // one that is just being given back is not waited for
})

describe('a store that fails', () => {
  test.each(['slow_down', 'cut'] as const)('for a moment (%s) is asked again', async (fault) => {
    fail('PUT', fault, 2)
    await store.put(name, bytes)
    fail('HEAD', fault, 2)
    expect((await store.stat(name))?.sizeBytes).toBe(bytes.length)
    fail('DELETE', fault, 0)
    expect((await read(name)).equals(bytes)).toBe(true)
    expect(asked('PUT')).toHaveLength(3)
    expect(asked('HEAD')).toHaveLength(3)
  })

  test('for good is given up after four tries, and at once when it says no', async () => {
    fail('PUT', 'slow_down')
    await expect(store.put(name, bytes)).rejects.toMatchObject({ status: 503, reason: 'SlowDown' })
    expect(asked('PUT')).toHaveLength(4)
    fail('PUT', 'denied')
    await expect(store.put(name, bytes)).rejects.toMatchObject({ status: 403, reason: 'AccessDenied' })
    expect(asked('PUT')).toHaveLength(5)
  })

  test('in the middle of a body goes on where it broke', async () => {
    await store.put(name, bytes)
    fail('GET', 'cut', 2)
    expect((await read(name)).equals(bytes)).toBe(true)
    expect(asked('GET').map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=150000-299999',
      'bytes=225000-299999',
    ])
    fail('GET', 'cut', 1)
    expect((await read(name, { start: 100, end: 1_099 })).equals(bytes.subarray(100, 1_100))).toBe(true)
  })

  test('again and again in a body ends as an error, never as a shorter one', async () => {
    await store.put(name, bytes)
    fail('GET', 'cut')
    await expect(read(name)).rejects.toThrow()
    expect(asked('GET').length).toBeLessThan(10)
  })

  test('never gives its keys away', async () => {
    const store = s3Store({ ...peer.settings, secretAccessKey: 'another-secret-entirely' })
    const error: unknown = await store.put(name, bytes).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ status: 403, reason: 'SignatureDoesNotMatch' })
    const said = `${JSON.stringify(error)} ${error instanceof Error ? error.stack : ''}`
    expect(said).not.toMatch(/another-secret|Signature=/)
  })
})

describe('room', () => {
  test('is there while the store answers, and none while it does not', async () => {
    expect(await store.room()).toBeGreaterThan(1e12)
    const closed = s3Store({ ...peer.settings, endpoint: 'http://127.0.0.1:1' })
    expect(await closed.room()).toBe(0)
    fail('GET', 'silent')
    const silent = s3Store(peer.settings)
    expect(await silent.room()).toBe(0)
  })

  test('is none once a write was refused, until another one succeeds', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      fail('PUT', 'denied')
      await expect(store.put(name, bytes)).rejects.toThrow()
      expect(await store.room()).toBe(0)
      vi.advanceTimersByTime(4_000)
      expect(await store.room()).toBe(0) // it lists, but does not write
      peer.misbehave = () => undefined
      vi.advanceTimersByTime(4_000)
      expect(await store.room()).toBeGreaterThan(1e12)
      expect(peer.objects.size).toBe(0) // what was written to see is gone
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('removing beside storing', () => {
  const keep = () => peer.objects.set(key, { bytes, modifiedAt: LONG_AGO })

  test('what is stored again just before it would go is still there afterwards', async () => {
    keep()
    let storing: Promise<void> | undefined
    peer.before = async ({ method, key: one }) => {
      if (storing || method !== 'DELETE' || one !== key) return
      const isWritten = new Promise<void>((resolve) => {
        peer.before = ({ method, key: other }) => {
          if (method === 'HEAD' && other === note) resolve() // written, and looking for a note
        }
      })
      storing = store.put(name, bytes)
      await isWritten
    }
    expect(await store.remove(name, YESTERDAY)).toBe(true)
    await storing
    expect(storing).toBeDefined()
    expect([...peer.objects.keys()]).toEqual([key])
    expect(peer.objects.get(key)?.bytes.equals(bytes)).toBe(true)
  })

  test('what is stored again after the note stays', async () => {
    keep()
    peer.before = async ({ method, key: one }) => {
      if (method !== 'HEAD' || one !== key) return
      peer.before = () => undefined
      peer.objects.set(key, { bytes, modifiedAt: new Date() })
    }
    expect(await store.remove(name, YESTERDAY)).toBe(false)
    expect([...peer.objects.keys()]).toEqual([key])
  })

  test('a removal that died holds nobody up, and its note is cleared a day later', async () => {
    keep()
    peer.objects.set(note, { bytes: Buffer.alloc(0), modifiedAt: YESTERDAY })
    await store.put(name, bytes)
    expect(await store.clearLeftovers(Date.now() + 1_000)).toBe(1)
    expect([...peer.objects.keys()]).toEqual([key])
  })

  test('what cannot be looked at is not removed', async () => {
    keep()
    fail('HEAD', 'denied')
    await expect(store.remove(name, YESTERDAY)).rejects.toMatchObject({ status: 403 })
    expect([...peer.objects.keys()]).toEqual([key])
  })
})
