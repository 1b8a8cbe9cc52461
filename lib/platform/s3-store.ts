import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { isMissing, type BlobName, type BlobStore } from '@/lib/platform/blob-store'
import { log } from '@/lib/platform/log'
import { readObject } from '@/lib/platform/s3-body'
import { s3Client, type S3Client } from '@/lib/platform/s3-client'
import { ANSWERS, BLOBS, keyOf, nameOf } from '@/lib/platform/s3-keys'
import { type Removals, removals } from '@/lib/platform/s3-removals'
import type { S3Settings } from '@/lib/platform/storage-settings'

/** For how long it holds what is known of the store. */
const WELL_FOR_MS = 10_000
const UNWELL_FOR_MS = 3_000
const LOOK = { tries: 2, silenceMs: 2_000 } as const

/** A store of bytes in a bucket; `probe` proves that all of it works. `answers` are kept by a name that is no hash. */
export type S3Store = BlobStore & { answers: AnswerFiles; probe(): Promise<void>; close(): void }

type AnswerFiles = {
  put(name: string, bytes: Buffer): Promise<void>
  /** Null when there is none. */
  get(name: string): Promise<Buffer | null>
  remove(name: string): Promise<void>
}

/**
 * Blobs as objects: `<prefix>blobs/<team>/<first two of the hash>/<hash>`, as in a data directory. Whatever is there is
 * whole: the server itself compares what it is given with the hash.
 */
export function s3Store(settings: S3Settings, client = s3Client(settings)): S3Store {
  const notes = removals(client)
  const health = healthOf(client)
  return {
    put: (name, bytes) => health.watch(put(client, notes, { name, bytes })),
    async stat(name) {
      const found = await client.head(keyOf(name)).catch((error: unknown) => {
        log.warn('storage.unreachable', { error })
        return null
      })
      return found && { sizeBytes: found.sizeBytes, usedAt: found.modifiedAt }
    },
    open: (name, range) => readObject(client, keyOf(name), range),
    remove: (name, unlessUsedSince) => notes.remove(name, unlessUsedSince),
    async *list() {
      for await (const found of client.list(BLOBS)) yield* found.flatMap(({ key }) => nameOf(key) ?? [])
    },
    answers: answersOf(client),
    room: () => health.room(),
    clearLeftovers: (now = Date.now()) => notes.clearOld(now),
    probe: () => probe(client),
    close: () => client.close(),
  }
}

/**
 * What is there already is written once more: that counts as its last use, and mends what was damaged from outside. While
 * somebody removes it, that is waited for.
 */
async function put(
  client: S3Client,
  notes: Removals,
  { name, bytes }: { name: BlobName; bytes: Buffer },
): Promise<void> {
  const key = keyOf(name)
  if (await client.putNew(key, bytes, name.sha256)) return
  do await client.put(key, bytes, name.sha256)
  while (await notes.wereUnderWay(name))
}

function answersOf(client: S3Client): AnswerFiles {
  return {
    put: (name, bytes) =>
      client.put(`${ANSWERS}${name}`, bytes, createHash('sha256').update(bytes).digest('hex')),
    async get(name) {
      const answer = await client.get(`${ANSWERS}${name}`).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
      return answer && buffer(answer)
    },
    remove: (name) => client.delete(`${ANSWERS}${name}`),
  }
}

/** Whether anything can be kept now, mostly known from what was done of late. */
function healthOf(client: S3Client) {
  let last = { at: -Infinity, isWell: true }
  let looking: Promise<boolean> | null = null
  const note = (isWell: boolean) => {
    last = { at: performance.now(), isWell }
    return isWell
  }
  const look = () =>
    (last.isWell ? isThere(client) : probe(client))
      .then(
        () => note(true),
        (error: unknown) => {
          log.error('storage.unreachable', { error })
          return note(false)
        },
      )
      .finally(() => (looking = null))
  return {
    /** What became of a write is known better than a look tells; after one that failed, only another one tells. */
    watch: (written: Promise<void>) =>
      written.then(
        () => void note(true),
        (error: unknown) => {
          note(false)
          throw error
        },
      ),
    async room(): Promise<number> {
      const isKnown = performance.now() - last.at < (last.isWell ? WELL_FOR_MS : UNWELL_FOR_MS)
      const isWell = isKnown ? last.isWell : await (looking ??= look())
      return isWell ? Number.MAX_SAFE_INTEGER : 0
    },
  }
}

async function isThere(client: S3Client): Promise<void> {
  for await (const _ of client.list(BLOBS, { ...LOOK, atMost: 1 }));
}

/** Lists, writes an object, reads it and removes it: all that is needed later, before anything depends on it. */
async function probe(client: S3Client): Promise<void> {
  await isThere(client)
  const bytes = Buffer.from(randomUUID())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `probe/${sha256}`
  await client.put(key, bytes, sha256)
  const found = await buffer(await client.get(key))
  if (!found.equals(bytes)) throw new Error('the object store gave other bytes than it was given')
  await client.delete(key)
}
