import 'server-only'
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { objectStore } from '@/lib/platform/storage'
import { discardSpool, findSpool, SPOOL_HEAD_BYTES, spoolDir } from '@/lib/upstream/spool'

/*
 * Answers that are kept because they could not be read whole. They begin on the disk of the process that called; where
 * there is an object store they are brought there, so that every machine can read them and none has to come back.
 */

const NAME = /^[\da-f-]{36}\.\d+$/

/** The name stands in our own row. */
const pathOf = (name: string) => path.join(spoolDir(), path.basename(name))

/** Where the kept answer can be read on this disk, fetched when it must be; null when it is not here and not in the store. */
export async function fetchKept(name: string): Promise<string | null> {
  const file = pathOf(name)
  if (await findSpool(file)) return file
  const bytes = await objectStore()?.answers.get(path.basename(name))
  if (!bytes) return null
  await mkdir(spoolDir(), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.fetched`, bytes, { mode: 0o600 })
  await rename(`${file}.fetched`, file)
  return file
}

/** Upstream's own bytes of a kept answer. Opened before it is returned: a file that goes meanwhile is read to its end. */
export async function openKept(name: string): Promise<{ body: Readable; sizeBytes: number } | null> {
  const here = await findSpool(pathOf(name))
  if (here) {
    const handle = await open(here.file, 'r')
    return { body: handle.createReadStream({ start: SPOOL_HEAD_BYTES }), sizeBytes: here.bodyBytes }
  }
  const bytes = (await objectStore()?.answers.get(path.basename(name)))?.subarray(SPOOL_HEAD_BYTES)
  return bytes ? { body: Readable.from([bytes]), sizeBytes: bytes.length } : null
}

export async function isKeptThere(name: string): Promise<boolean> {
  return (await openKept(name).then((kept) => kept?.body.destroy())) !== undefined
}

export async function discardKept(name: string): Promise<void> {
  await discardSpool(pathOf(name))
  await objectStore()?.answers.remove(path.basename(name))
}

/** The names of whole answers on this disk that nobody writes any more. */
export async function listSpooled(): Promise<string[]> {
  return (await readdir(spoolDir()).catch(() => [])).filter((name) => NAME.test(name))
}

/** Brings a kept answer to the object store, and only then removes it from this disk. */
export async function shareKept(name: string): Promise<void> {
  await objectStore()?.answers.put(path.basename(name), await readFile(pathOf(name)))
  await discardSpool(pathOf(name))
}
