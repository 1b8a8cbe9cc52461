import 'server-only'
import { open, rm } from 'node:fs/promises'

/** Writes a new file to the disk to its last byte; nothing of it stays when that fails. */
export async function writeSynced(file: string, content: Buffer | string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

/** Makes names in a folder last: without it a crash may forget a rename, though not what the file holds. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined) // some file systems cannot sync a folder
  await handle.close()
}
