import 'server-only'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { measure, type Place } from '@/lib/backup/place'
import { syncFolder } from '@/lib/platform/durable-files'
import { fileStore } from '@/lib/platform/file-store'
import { filesBelow } from '@/lib/platform/files-below'

/** A folder of this machine: each part is written beside and renamed. */
export function folderPlace(root: string): Place {
  const fileOf = (key: string) => path.join(root, key)
  /** The folders above a file up to the root, the nearest first. */
  function* above(file: string) {
    for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) yield folder
    yield root
  }
  return {
    address: root,
    demand: async () => undefined, // whatever is wrong with it, its first use says
    async put(key, content) {
      const temporary = path.join(root, 'making', randomUUID()) // what a crash leaves there is found and removed
      const target = fileOf(key)
      for (const file of [temporary, target])
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      const { pass, written } = measure()
      try {
        await pipeline(content, pass, createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }))
        await rename(temporary, target)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      for (const folder of above(target)) await syncFolder(folder)
      return written()
    },
    open: async (key) => (await open(fileOf(key), 'r')).createReadStream(),
    async *list(folder) {
      for await (const name of filesBelow(root, folder)) yield name.replaceAll(path.sep, '/')
    },
    async remove(key) {
      await rm(fileOf(key), { force: true })
      for (const folder of above(fileOf(key))) if (folder !== root) await rmdir(folder).catch(() => undefined) // something else is in it still
    },
    blobs: fileStore(root),
    close: () => undefined,
  }
}
