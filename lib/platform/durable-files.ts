import 'server-only'
import { mkdir, open, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** A multiple of three, so that the base64 of the pieces is the base64 of the whole. */
const PIECE_BYTES = 768 * 1024

/** Does something that needs the file's folder, which is made only where it is not there yet: it nearly always is. */
export async function inFolderOf<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isNotThere(error)) throw error
  }
  const folder = path.dirname(file)
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  for (let made = folder; first && made.length >= first.length; made = path.dirname(made))
    await syncFolder(path.dirname(made)) // a file lasts no longer than the names of its folders
  return work()
}

/** Removes a file where there is one. */
export async function removeFile(file: string): Promise<void> {
  await unlink(file).catch((error: unknown) => {
    if (!isNotThere(error)) throw error
  })
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
export const isNotThere = (error: unknown): boolean => codeOf(error) === 'ENOENT'
/** Some file systems cannot sync a folder, which is no fault of the disk. */
const cannotSync = (error: unknown) =>
  ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'].includes(String(codeOf(error)))

/** Writes a new file to the disk to its last byte; nothing of it stays when that fails. */
export async function writeSynced(file: string, content: Buffer | string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } catch (error) {
    await removeFile(file)
    throw error
  } finally {
    await handle.close()
  }
}

/**
 * Opens a file to be read, both ends of `range` included. A stream that knows where it ends makes room for these bytes
 * alone; else every read, also the one that finds the end, has room for a whole piece.
 */
export async function openFile(
  file: string,
  range?: { start: number; end: number },
): Promise<{ bytes: Readable; mtimeMs: number }> {
  const handle = await open(file, 'r')
  try {
    const { size, mtimeMs } = await handle.stat()
    const end = Math.max(0, size - 1)
    return { bytes: handle.createReadStream({ end, ...range, highWaterMark: PIECE_BYTES }), mtimeMs }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Makes names in a folder last: without it a crash may forget a rename, though not what the file holds. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!cannotSync(error)) throw error
  } finally {
    await handle.close()
  }
}
