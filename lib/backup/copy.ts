import 'server-only'
import { buffer } from 'node:stream/consumers'
import { isStoreAway, type BlobStore } from '@/lib/platform/blob-store'
import { inParallel } from '@/lib/platform/in-parallel'
import { hashOf, type OwnedBlob } from '@/lib/platform/storage'

/** Reads wait for the disk while hashes use the processor. */
const AT_ONCE = 4

export type Copied = {
  files: number
  sizeBytes: number
  newFiles: number
  newBytes: number
  lost: OwnedBlob[]
}

type Copying = {
  blobs: AsyncIterable<OwnedBlob>
  from: BlobStore
  to: BlobStore
  isStopping: () => boolean
  say?: (copied: Copied) => void
}

/**
 * Copies what is not there yet from one store to another, each file hashed on its way: what is not what its name says is
 * not copied but told of as lost.
 */
export async function copyBlobs({ blobs, from, to, isStopping, say }: Copying): Promise<Copied> {
  const copied: Copied = { files: 0, sizeBytes: 0, newFiles: 0, newBytes: 0, lost: [] }
  await inParallel(blobs, AT_ONCE, async (blob) => {
    if (isStopping()) throw new Error('The backup was stopped.')
    if ((await to.stat(blob))?.sizeBytes !== blob.sizeBytes) {
      const bytes = await readWhole(from, blob)
      if (!bytes) return void copied.lost.push(blob)
      await to.put(blob, bytes)
      copied.newFiles += 1
      copied.newBytes += bytes.length
    }
    copied.files += 1
    copied.sizeBytes += blob.sizeBytes
    say?.(copied)
  })
  return copied
}

/**
 * The bytes when they are what the name says; null when they are missing, cut or changed. Rejects while the object store
 * cannot be asked: a backup without everything would be called a good one.
 */
export async function readWhole(store: BlobStore, blob: OwnedBlob): Promise<Buffer | null> {
  const bytes = await store
    .open(blob)
    .then(buffer)
    .catch((error: unknown) => {
      if (isStoreAway(error)) throw error
      return null // whatever keeps this one from being read, it is lost as it stands
    })
  return bytes?.length === blob.sizeBytes && hashOf(bytes) === blob.sha256 ? bytes : null
}
