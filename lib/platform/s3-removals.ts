import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { BlobName } from '@/lib/platform/blob-store'
import { DAY_MS } from '@/lib/platform/durations'
import { EMPTY_SHA256, type S3Client } from '@/lib/platform/s3-client'
import { keyOf, noteOf, NOTES } from '@/lib/platform/s3-keys'

/** Whoever removes has given up by then, or is dead. */
const VALID_MS = 60_000
const GIVE_UP_AFTER_MS = 20_000
const ONCE = { tries: 1, silenceMs: 8_000 } as const
const LOOK_AGAIN_MS = 100
const LEFT_FOR_MS = DAY_MS
/** The time of an object is told in whole seconds. */
const SECOND_MS = 1_000

export type Removals = ReturnType<typeof removals>

/**
 * Removing what another process may be storing at this moment. An object store has no rename, so whoever removes leaves a
 * note first and looks at the last use then; whoever stores known bytes writes them first and looks for a note then. One
 * of the two sees the other: what was used after all stays, or is written once more when the note is gone.
 */
export function removals(client: S3Client) {
  async function removeNoted(name: BlobName, unlessUsedSince: Date): Promise<boolean> {
    const startedAt = performance.now()
    const found = await client.head(keyOf(name), ONCE)
    if (!found) return true
    if (found.modifiedAt.getTime() + SECOND_MS > unlessUsedSince.getTime()) return false
    if (performance.now() - startedAt > GIVE_UP_AFTER_MS) throw new Error('the object store is too slow')
    await client.delete(keyOf(name), ONCE)
    return true
  }

  return {
    async remove(name: BlobName, unlessUsedSince: Date): Promise<boolean> {
      await client.put(noteOf(name), Buffer.alloc(0), EMPTY_SHA256)
      try {
        return await removeNoted(name, unlessUsedSince)
      } finally {
        await client.delete(noteOf(name))
      }
    },
    /** Whether it was being removed: then that is over now. The note of a removal that died counts no more. */
    async wereUnderWay(name: BlobName): Promise<boolean> {
      for (let looked = 0; ; looked += 1) {
        const note = await client.head(noteOf(name))
        if (!note || note.ageMs > VALID_MS) return looked > 0
        await delay(LOOK_AGAIN_MS)
      }
    },
    async clearOld(now: number): Promise<number> {
      let cleared = 0
      for await (const notes of client.list(NOTES))
        for (const { key } of notes) {
          const note = await client.head(key)
          if (!note || now - note.modifiedAt.getTime() < LEFT_FOR_MS) continue
          await client.delete(key)
          cleared += 1
        }
      return cleared
    },
  }
}
