import 'server-only'
import { purgeBytes } from '@/lib/images/purge'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { HOUR_MS } from '@/lib/platform/durations'
import { log } from '@/lib/platform/log'
import { purgeReferences } from '@/lib/references/server'
import { removeExpired } from '@/lib/retention/server'

const EVERY_MS = HOUR_MS

/**
 * Clears answers, bytes and rows that have had their time, at the start and every hour, beside everything else. The answers are
 * the pipeline's to clear.
 */
export function startClearing(clearAnswers: () => Promise<void>): Background {
  return startLoop({
    name: 'clearing',
    waitMs: EVERY_MS,
    work: async (signal) => {
      await quietly(clearAnswers)
      await quietly(async () => void (await removeExpired(signal)))
      await quietly(async () => void (await purgeReferences()))
      await quietly(async () => {
        const { images, blobs } = await purgeBytes(Date.now(), signal)
        if (images + blobs > 0) log.info('clearing.purged', { images, blobs })
      })
    },
  })
}

/** A failure is told and tried again the next time: nothing depends on it. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log.warn('clearing.failed', { error }))
}
