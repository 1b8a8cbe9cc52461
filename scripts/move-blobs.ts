import { buffer } from 'node:stream/consumers'
import type { BlobStore } from '@/lib/platform/blob-store'
import { env } from '@/lib/platform/env'
import { fileStore } from '@/lib/platform/file-store'
import { inParallel } from '@/lib/platform/in-parallel'
import { log } from '@/lib/platform/log'
import { hashOf, objectStore, type OwnedBlob } from '@/lib/platform/storage'
import { storedBlobs } from '@/lib/platform/stored-blobs'
import { findStoreProblem } from '@/lib/platform/store-check'

const AT_ONCE = 8

export type Place = 's3' | 'disk'
export const isPlace = (word: string | undefined): word is Place => word === 's3' || word === 'disk'

export type Moved = {
  copied: number
  /** Were at the place already. */
  known: number
  /** Neither where they come from nor where they go. */
  missing: number
  /** Other bytes than were stored: left where they are. */
  damaged: number
}

/**
 * Brings every file that the database knows from the disk to the object store or back, while studios serve. Nothing is
 * removed where it comes from. May be cut at any point and said again: what is there is left alone.
 */
export async function moveBlobs(to: Place, told: (moved: Moved) => void = () => {}): Promise<Moved> {
  const objects = objectStore()
  if (!objects) throw new Error('Set STORAGE_URL and the S3_… settings: they say which bucket is meant.')
  const problem = await findStoreProblem()
  if (problem) throw new Error(problem)
  const files = fileStore(env().dataDir)
  const [from, target] = to === 's3' ? [files, objects] : [objects, files]
  const moved: Moved = { copied: 0, known: 0, missing: 0, damaged: 0 }
  await inParallel(storedBlobs(), AT_ONCE, async (blob) => {
    moved[await move(blob, from, target)] += 1
    told(moved)
  })
  return moved
}

async function move(blob: OwnedBlob, from: BlobStore, to: BlobStore): Promise<keyof Moved> {
  if ((await to.stat(blob))?.sizeBytes === blob.sizeBytes) return 'known'
  if (!(await from.stat(blob))) return note('missing', blob)
  const bytes = await buffer(await from.open(blob))
  if (hashOf(bytes) !== blob.sha256) return note('damaged', blob)
  await to.put(blob, bytes)
  return 'copied'
}

function note(what: 'missing' | 'damaged', { teamId, sha256 }: OwnedBlob): typeof what {
  log.error(`storage.move_${what}`, { team: teamId, sha256 })
  return what
}
