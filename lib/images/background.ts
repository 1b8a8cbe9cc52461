import 'server-only'
import { availableParallelism } from 'node:os'
import { waitForQuiet } from '@/lib/images/quiet-period'
import { makeThumbnail } from '@/lib/images/thumbnail'
import { claimThumbnails, type MissingThumbnail } from '@/lib/images/thumbnail-queue'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'

const BATCH = 24
/** A core is left to the calls under way; more images than these at once only cost memory. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1))
const SWEEP_MS = 30_000
/** So long a batch lets answers that are being received go first. */
const PATIENCE_MS = 5_000

/**
 * Makes thumbnails after images have come. Wakes by event; a sweep finds what a crash left behind. Any number of
 * processes may run it.
 */
export function startThumbnails(): Background {
  return startLoop({
    name: 'images',
    waitMs: SWEEP_MS,
    wakesOn: 'image',
    work: async (signal) => {
      while (!signal.aborted && (await makeMissingThumbnails()) === BATCH) continue
    },
  })
}

/**
 * Makes a bounded number of missing thumbnails, newest first; says how many images there were. One event per
 * generation: each makes every open tab ask again. An image whose file cannot be read just now waits its turn again,
 * and holds up no other.
 */
export async function makeMissingThumbnails(): Promise<number> {
  const rows = await claimThumbnails({ limit: BATCH })
  const queue = [...rows]
  const deadlineMs = performance.now() + PATIENCE_MS
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      await waitForQuiet(deadlineMs)
      await tryThumbnail(row)
    }
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
