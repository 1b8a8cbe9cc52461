import 'server-only'
import { backupFolder, blobsOf, listBackups, poolOf, readManifest, removeBackup } from '@/lib/backup/folder'

/**
 * Removes all but the newest `keep` backups, then the files that none of those needs. Throws where one cannot be read, and
 * no file is removed: nobody knows what it needs. Only for whoever holds the lock of backups.
 */
export async function removeOld(dir: string, keep: number): Promise<{ backups: number; files: number }> {
  const old = (await listBackups(dir)).slice(0, -keep)
  for (const name of old) await removeBackup(dir, name)
  await poolOf(dir).clearLeftovers()
  return { backups: old.length, files: old.length > 0 ? await removeUnneeded(dir) : 0 }
}

async function removeUnneeded(dir: string): Promise<number> {
  const needed = new Set<string>()
  for (const name of await listBackups(dir)) {
    const made = await readManifest(dir, name)
    for await (const { teamId, sha256 } of blobsOf(backupFolder(dir, name), made))
      needed.add(keyOf(teamId, sha256))
  }
  const pool = poolOf(dir)
  let removed = 0
  for await (const blob of pool.list())
    if (!needed.has(keyOf(blob.teamId, blob.sha256)) && (await pool.remove(blob, new Date()))) removed += 1
  return removed
}

/** 48 characters of one byte each: a million of them are about 80 MB, for the moment that this takes. */
const keyOf = (teamId: string, sha256: string): string =>
  Buffer.from(teamId.replaceAll('-', '') + sha256, 'hex').toString('latin1')
