import 'server-only'
import { blobsOf, listBackups, readManifest, removeBackup } from '@/lib/backup/contents'
import type { Place } from '@/lib/backup/place'

/** Nobody else puts files there, so nothing can be just used. */
const NEVER = new Date(8.64e15)

/**
 * Removes all but the newest `keep` backups, then the files that none of those needs. Throws where one cannot be read, and
 * no file is removed: nobody knows what it needs. Only for whoever holds the lock of backups.
 */
export async function removeOld(place: Place, keep: number): Promise<{ backups: number; files: number }> {
  const old = (await listBackups(place)).slice(0, -keep)
  for (const name of old) await removeBackup(place, name)
  await place.blobs.clearLeftovers()
  return { backups: old.length, files: old.length > 0 ? await removeUnneeded(place) : 0 }
}

async function removeUnneeded(place: Place): Promise<number> {
  const needed = new Set<string>()
  for (const name of await listBackups(place)) {
    const made = await readManifest(place, name)
    for await (const { teamId, sha256 } of blobsOf(place, made)) needed.add(keyOf(teamId, sha256))
  }
  let removed = 0
  for await (const blob of place.blobs.list())
    if (!needed.has(keyOf(blob.teamId, blob.sha256)) && (await place.blobs.remove(blob, NEVER))) removed += 1
  return removed
}

/** 48 characters of one byte each: a million of them are about 80 MB, for the moment that this takes. */
const keyOf = (teamId: string, sha256: string): string =>
  Buffer.from(teamId.replaceAll('-', '') + sha256, 'hex').toString('latin1')
