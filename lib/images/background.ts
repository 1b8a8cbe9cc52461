import 'server-only'
import { availableParallelism } from 'node:os'
import { makeThumbnail } from '@/lib/images/thumbnail'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { publish, subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { shared } from '@/lib/platform/shared'
import { WakeUp } from '@/lib/platform/wake-up'

const BATCH = 24
const PAGE = 200
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 10 * 60_000
/** A core is left to the calls under way; more pictures than these at once only cost memory. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1))
const SWEEP_MS = 30_000

export type Background = { stop: () => Promise<void> }

/**
 * Makes thumbnails after pictures have come. Wakes by event; a sweep finds what a crash left behind. Any number of
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
 * Makes a bounded number of missing thumbnails, newest first; says how many pictures there were. One event per
 * generation: each makes every open tab ask again. A picture whose file cannot be read just now waits its turn again,
 * and holds up no other.
 */
export async function makeMissingThumbnails(): Promise<number> {
  const rows = await findDue()
  const queue = [...rows]
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) await tryThumbnail(row.id)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const teams = new Map(rows.map(({ generationId, teamId }) => [generationId, teamId]))
  await publish(db(), ...[...teams].map(([id, team]) => ({ team, kind: 'image' as const, id })))
  return rows.length
}

type Due = { id: string; teamId: string; generationId: string }

/** Failed tries by picture: when the next one is, and how long it waited for it. */
const postponed = () => shared('images.postponed', () => new Map<string, { at: number; waitMs: number }>())

async function findDue(): Promise<Due[]> {
  const due: Due[] = []
  const now = Date.now()
  for (let after: string | undefined; ;) {
    const rows = await db().image.findMany({
      where: { placeholder: null, state: 'completed', blobId: { not: null } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: PAGE,
      ...(after && { cursor: { id: after }, skip: 1 }),
      select: { id: true, teamId: true, generationId: true },
    })
    due.push(...rows.filter(({ id }) => (postponed().get(id)?.at ?? 0) <= now))
    after = rows.at(-1)?.id
    if (due.length >= BATCH || rows.length < PAGE) return due.slice(0, BATCH)
  }
}

async function tryThumbnail(id: string): Promise<void> {
  try {
    await makeThumbnail(id)
    postponed().delete(id)
  } catch (error) {
    const waitMs = Math.min((postponed().get(id)?.waitMs ?? FIRST_WAIT_MS / 2) * 2, LONGEST_WAIT_MS)
    postponed().set(id, { at: Date.now() + waitMs, waitMs })
    if (!isAppError(error)) log.warn('images.thumbnail_failed', { id, error }) // a missing file has been told already
  }
}

/** A failure is told and tried again with the next sweep: nothing but a thumbnail depends on it. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn('images.background_failed', { error }))
}
