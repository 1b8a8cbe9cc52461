import 'server-only'
import path from 'node:path'
import { bucketPlace } from '@/lib/backup/bucket-place'
import { folderPlace } from '@/lib/backup/folder-place'
import type { Place } from '@/lib/backup/place'
import { backupTarget, backupVariable } from '@/lib/platform/backup-settings'
import { env } from '@/lib/platform/env'

/** Opens the place of an address (a folder, or `s3://bucket/prefix`) for as long as `work` takes. */
export async function inBackupPlace<T>(
  address: string,
  use: 'read' | 'write',
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const target = backupTarget(address, env())
  if ('fault' in target) throw new Error(`${address} ${target.fault}.`)
  const options = { making: path.join(env().dataDir, 'making'), variable: backupVariable(env()) }
  const place = 'folder' in target ? folderPlace(target.folder) : bucketPlace(target.bucket, options)
  try {
    await place.demand(use)
    return await work(place)
  } finally {
    place.close()
  }
}
