import 'server-only'
import { availableParallelism } from 'node:os'
import { makeThumbnail } from '@/lib/images/thumbnail'
import { claimThumbnails, type MissingThumbnail } from '@/lib/images/thumbnail-queue'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { publish, subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { WakeUp } from '@/lib/platform/wake-up'

const BATCH = 24
/** A core is left to the calls under way; more images than these at once only cost memory. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1))
const SWEEP_MS = 30_000

export type Background = { stop: () => Promise<void> }

/**
 * Makes thumbnails after images have come. Wakes by event; a sweep finds what a crash left behind. Any number of
 * processes may run it.
 */
export function startThumbnails(): Background {
  const wakeUp = new WakeUp()
  let isStopping = false
  const unsubscribe = subscribe((heard) => {
    if (heard.kind === 'image' || heard.kind === 'resync') wakeUp.signal()
  })
  const loop = async () => {
    while (!isStopping) {
      await quietly(async () => {
        while (!isStopping && (await makeMissingThumbnails()) === BATCH) continue
      })
      await wakeUp.wait(SWEEP_MS)
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      isStopping = true
      unsubscribe()
      wakeUp.signal()
      await ended
    },
  }
}

/**
 * Makes a bounded number of missing thumbnails, newest first; says how many images there were. One event per
 * generation: each makes every open tab ask again. An image whose file cannot be read just now waits its turn again,
 * and holds up no other.
 */
export async function makeMissingThumbnails(): Promise<number> {
  const rows = await claimThumbnails({ limit: BATCH })
  const queue = [...rows]
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) await tryThumbnail(row)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const teams = new Map(rows.map(({ generationId, teamId }) => [generationId, teamId]))
  await publish(db(), ...[...teams].map(([id, team]) => ({ team, kind: 'image' as const, id })))
  return rows.length
}

async function tryThumbnail(due: MissingThumbnail): Promise<void> {
  try {
    await makeThumbnail(due)
  } catch (error) {
    if (!isAppError(error)) log.warn('images.thumbnail_failed', { id: due.id, error }) // a missing file has been told already
  }
}

/** A failure is told and tried again with the next sweep: nothing but a thumbnail depends on it. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn('images.background_failed', { error }))
}
