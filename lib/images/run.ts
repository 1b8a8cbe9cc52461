import 'server-only'
import { availableParallelism } from 'node:os'
import { db } from '@/lib/db'
import { publish, subscribe } from '@/lib/events'
import { purgeBytes } from '@/lib/images/purge'
import { makeThumbnail } from '@/lib/images/thumbnail'
import { log } from '@/lib/log'

const BATCH = 24
/** A core is left to the calls under way; more pictures than these at once only cost memory. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1))
const SWEEP_MS = 30_000
const PURGE_MS = 60 * 60_000

type State = { isStopping: boolean; isWoken: boolean; wake: () => void }
export type Background = { stop: () => Promise<void> }

/**
 * Makes thumbnails after pictures have come, and clears the bytes that nothing needs any more. Wakes by event; a sweep
 * finds what a crash left behind. Any number of processes may run it.
 */
export function startThumbnails(): Background {
  const state: State = { isStopping: false, isWoken: false, wake: () => undefined }
  const wake = () => {
    state.isWoken = true
    state.wake()
  }
  const unsubscribe = subscribe((heard) => {
    if (heard.kind === 'image' || heard.kind === 'resync') wake()
  })
  const loop = async () => {
    let purgedAt = 0
    while (!state.isStopping) {
      state.isWoken = false
      await quietly(async () => {
        while (!state.isStopping && (await makeMissingThumbnails()) === BATCH) continue
      })
      if (Date.now() - purgedAt > PURGE_MS) {
        purgedAt = Date.now()
        await quietly(purgeBytes)
      }
      if (!state.isWoken && !state.isStopping) await nextWake(state)
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      state.isStopping = true
      unsubscribe()
      state.wake()
      await ended
    },
  }
}

/**
 * Makes a bounded number of missing thumbnails, newest first; says how many pictures there were. One event per
 * generation: each makes every open tab ask again.
 */
export async function makeMissingThumbnails(): Promise<number> {
  const rows = await db().image.findMany({
    where: { placeholder: null, state: 'completed', blobId: { not: null } },
    orderBy: { createdAt: 'desc' },
    take: BATCH,
    select: { id: true, teamId: true, generationId: true },
  })
  const queue = [...rows]
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) await makeThumbnail(row.id)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const teams = new Map(rows.map(({ generationId, teamId }) => [generationId, teamId]))
  await publish(db(), ...[...teams].map(([id, team]) => ({ team, kind: 'image' as const, id })))
  return rows.length
}

/** A failure is told and tried again with the next sweep: nothing but a thumbnail depends on it. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn('images.background_failed', { error }))
}

function nextWake(state: State): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SWEEP_MS)
    state.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
