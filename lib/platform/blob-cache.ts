import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BlobName, BlobStore, ByteRange } from '@/lib/platform/blob-store'
import { openFile, writeSynced } from '@/lib/platform/durable-files'
import { DAY_MS } from '@/lib/platform/durations'
import { log } from '@/lib/platform/log'

/** Of the limit: how much may come before it is seen to, and so also how large one file may be. */
const SHARE = 8
/** A use is written down at most so often. */
const USED_EVERY_MS = 60_000
const LEFT_FOR_MS = DAY_MS

/** A store with copies of what was used last on the disk of this machine. */
export type CachedStore = BlobStore & {
  /** The size of a copy; null when there is none here. */
  sizeHere(name: BlobName): Promise<number | null>
}

/**
 * Keeps whole, checked copies of another store's blobs in `<folder>/<first two of the hash>/<team>.<hash>`, the ones
 * used last, of `limitBytes` together (each further process may add an eighth). Losing it costs time and nothing else.
 */
export function cachedStore(store: BlobStore, folder: string, limitBytes: number): CachedStore {
  const cache = blobCache(folder, limitBytes)
  const filling = new Map<string, Promise<boolean>>()

  /** Whether a whole copy is here now; whoever asks for the same meanwhile waits for that one. */
  function fill(name: BlobName): Promise<boolean> {
    const key = `${name.teamId}.${name.sha256}`
    const known = filling.get(key)
    if (known) return known
    const begun = store
      .open(name)
      .then((source) => cache.fill(name, source))
      .finally(() => filling.delete(key))
    filling.set(key, begun)
    return begun
  }

  return {
    ...store,
    async put(name, bytes) {
      const copying = cache.prepare(bytes)
      try {
        await store.put(name, bytes)
      } catch (error) {
        await (await copying)?.discard()
        throw error
      }
      await (await copying)?.keep(name)
    },
    async open(name, range) {
      const here = await cache.open(name, range)
      if (here) return here
      const isHere = await fill(name)
      return (isHere && (await cache.open(name, range))) || store.open(name, range)
    },
    async remove(name, unlessUsedSince) {
      const isRemoved = await store.remove(name, unlessUsedSince)
      if (isRemoved) await cache.drop(name)
      return isRemoved
    },
    clearLeftovers: async (now, signal) =>
      (await store.clearLeftovers(now, signal)) + (await cache.clearLeftovers(now)),
    sizeHere: (name) => cache.sizeOf(name),
  }
}

function blobCache(folder: string, limitBytes: number) {
  const making = path.join(folder, 'making')
  const fileOf = ({ teamId, sha256 }: BlobName) =>
    path.join(folder, sha256.slice(0, 2), `${teamId}.${sha256}`)
  const mostBytes = limitBytes / SHARE
  const tidy = tidier(folder, limitBytes)

  async function keep(temporary: string, name: BlobName, sizeBytes: number): Promise<void> {
    await mkdir(path.dirname(fileOf(name)), { recursive: true, mode: 0o700 })
    await rename(temporary, fileOf(name))
    tidy(sizeBytes)
  }

  async function temporaryFile(): Promise<string> {
    await mkdir(making, { recursive: true, mode: 0o700 })
    return path.join(making, randomUUID())
  }

  return {
    sizeOf: (name: BlobName) =>
      stat(fileOf(name)).then(
        ({ size }) => size,
        () => null,
      ),
    async open(name: BlobName, range?: ByteRange): Promise<Readable | null> {
      const file = fileOf(name)
      const opened = await openFile(file, range).catch(() => null)
      if (!opened) return null
      await noteUse(file, opened.mtimeMs)
      return opened.bytes
    },
    drop: (name: BlobName) => rm(fileOf(name), { force: true }),
    /** Writes a copy that is not to be seen yet; null when there is no place for it. */
    async prepare(bytes: Buffer) {
      if (bytes.length > mostBytes) return null
      try {
        const temporary = await temporaryFile()
        await writeSynced(temporary, bytes)
        return {
          keep: (name: BlobName) => keep(temporary, name, bytes.length).catch(notCached),
          discard: () => rm(temporary, { force: true }),
        }
      } catch (error) {
        notCached(error)
        return null
      }
    },
    /** Takes what is read, when there is place for it. Rejects when it is other than its name says. */
    async fill(name: BlobName, source: Readable): Promise<boolean> {
      let file: string | undefined
      try {
        file = await temporaryFile()
        const { sha256, sizeBytes } = await receive(source, file, mostBytes)
        if (sha256 !== name.sha256) throw new OtherBytes('other bytes than were stored')
        await keep(file, name, sizeBytes)
        return true
      } catch (error) {
        source.destroy()
        if (file) await rm(file, { force: true })
        if (error instanceof OtherBytes) throw error
        return notCached(error) // it can be read all the same
      }
    },
    async clearLeftovers(now = Date.now()): Promise<number> {
      let cleared = 0
      for (const { file, usedAt } of await filesIn(making)) {
        if (now - usedAt < LEFT_FOR_MS) continue
        await rm(file, { force: true })
        cleared += 1
      }
      return cleared
    },
  }
}

/**
 * Once enough has come, the files used longest ago make room; what comes meanwhile is seen to right after. The folder
 * itself is asked: others write there, too.
 */
function tidier(folder: string, limitBytes: number) {
  let comeBytes = Infinity // what an earlier process left is not known
  let isTidying = false
  async function tidy(): Promise<void> {
    isTidying = true
    try {
      while (comeBytes >= limitBytes / SHARE) {
        comeBytes = 0
        await shrink(folder, limitBytes * (1 - 1 / SHARE))
      }
    } catch (error) {
      log.warn('storage.cache_untidy', { error })
    } finally {
      isTidying = false
    }
  }
  return (sizeBytes: number): void => {
    comeBytes += sizeBytes
    if (!isTidying) void tidy()
  }
}

async function shrink(folder: string, toBytes: number): Promise<void> {
  const files: Found[] = []
  for (const prefix of await readdir(folder))
    if (/^[\da-f]{2}$/.test(prefix)) files.push(...(await filesIn(path.join(folder, prefix))))
  files.sort((one, other) => one.usedAt - other.usedAt)
  let allBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  for (const { file, sizeBytes } of files) {
    if (allBytes <= toBytes) return
    await rm(file, { force: true })
    allBytes -= sizeBytes
  }
}

type Found = { file: string; sizeBytes: number; usedAt: number }

async function filesIn(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.map((name) =>
      stat(path.join(folder, name)).then(
        ({ size, mtimeMs }) => ({ file: path.join(folder, name), sizeBytes: size, usedAt: mtimeMs }),
        () => [], // gone meanwhile
      ),
    ),
  )
  return found.flat()
}

/** Everything that is read, into a file; rejects when it is more than `mostBytes`. */
async function receive(source: Readable, file: string, mostBytes: number) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* counted(pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece)
      sizeBytes += piece.length
      if (sizeBytes > mostBytes) throw new Error('too large for the cache')
      yield piece
    }
  }
  await pipeline(source, counted, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
  return { sha256: hash.digest('hex'), sizeBytes }
}

async function noteUse(file: string, usedAt: number): Promise<void> {
  const now = new Date()
  if (now.getTime() - usedAt > USED_EVERY_MS) await utimes(file, now, now).catch(() => undefined)
}

function notCached(error: unknown): false {
  log.warn('storage.not_cached', { error })
  return false
}

class OtherBytes extends Error {}
