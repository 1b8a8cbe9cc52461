import 'server-only'
import { randomUUID } from 'node:crypto'
import { readdir, rename, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { BlobName, BlobStore } from '@/lib/platform/blob-store'
import { roomUnder } from '@/lib/platform/disk-room'
import { inFolderOf, openFile, removeFile, syncFolder, writeSynced } from '@/lib/platform/durable-files'
import { DAY_MS } from '@/lib/platform/durations'

const LEFT_FOR_MS = DAY_MS

/** Blobs as files: `<dataDir>/blobs/<team>/<first two of the hash>/<hash>`, written beside and renamed. */
export function fileStore(dataDir: string): BlobStore {
  const root = path.join(dataDir, 'blobs')
  const fileOf = ({ teamId, sha256 }: BlobName) => path.join(root, teamId, sha256.slice(0, 2), sha256)
  return {
    async put(name, bytes) {
      const file = fileOf(name)
      if (!(await isThere(file, bytes.length))) await writeDurably(file, bytes, path.join(dataDir, 'making'))
    },
    async stat(name) {
      const found = await statOf(fileOf(name))
      return found && { sizeBytes: found.size, usedAt: found.mtime }
    },
    open: async (name, range) => (await openFile(fileOf(name), range)).bytes,
    remove: (name, unlessUsedSince) => removeUnused(fileOf(name), unlessUsedSince),
    async *list() {
      for (const teamId of await entriesOf(root))
        for (const prefix of await entriesOf(path.join(root, teamId)))
          for (const sha256 of await entriesOf(path.join(root, teamId, prefix)))
            if (/^[0-9a-f]{64}$/.test(sha256)) yield { teamId, sha256 }
    },
    room: () => roomUnder(root),
    async clearLeftovers(now = Date.now(), signal) {
      let cleared = await clearOld(path.join(dataDir, 'making'), now, () => true)
      for (const teamId of await entriesOf(root))
        for (const prefix of await entriesOf(path.join(root, teamId))) {
          if (signal?.aborted) return cleared
          cleared += await clearOld(path.join(root, teamId, prefix), now, isLeftover)
        }
      return cleared
    },
  }
}

const statOf = (file: string) => stat(file).catch(() => null) // whatever keeps it from being seen, it cannot be read now
const entriesOf = (folder: string) => readdir(folder).catch(() => [])

/** Known bytes are touched: what was touched within a day is not purged, even if no row owns it at this moment. */
async function isThere(file: string, sizeBytes: number): Promise<boolean> {
  if ((await statOf(file))?.size !== sizeBytes) return false
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    () => false,
  )
}

async function writeDurably(target: string, bytes: Buffer, making: string): Promise<void> {
  const temporary = path.join(making, randomUUID()) // what a crash leaves there is found and removed
  try {
    await inFolderOf(temporary, () => writeSynced(temporary, bytes))
    await inFolderOf(target, () => rename(temporary, target))
  } catch (error) {
    await removeFile(temporary)
    throw error
  }
  await syncFolder(path.dirname(target))
}

/** Moved aside first: whoever stores the same bytes at this moment has touched the file, which is seen afterwards. */
async function removeUnused(file: string, unlessUsedSince: Date): Promise<boolean> {
  const isUsed = async (one: string) => ((await statOf(one))?.mtimeMs ?? 0) > unlessUsedSince.getTime()
  if (await isUsed(file)) return false
  const aside = `${file}.purge`
  await rename(file, aside).catch(() => undefined) // gone already
  if (await isUsed(aside)) {
    await rename(aside, file)
    return false
  }
  await removeFile(aside)
  return true
}

/** Half of a file as older versions wrote it, and one that was just being removed. */
const isLeftover = (name: string) => name.endsWith('.tmp') || name.endsWith('.purge')

async function clearOld(folder: string, now: number, isMeant: (name: string) => boolean): Promise<number> {
  let cleared = 0
  for (const name of (await entriesOf(folder)).filter(isMeant)) {
    const file = path.join(folder, name)
    const found = await statOf(file)
    if (!found || now - found.mtimeMs < LEFT_FOR_MS) continue
    await removeFile(file)
    cleared += 1
  }
  return cleared
}
