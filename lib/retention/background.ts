import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { purgeBytes } from '@/lib/images/purge'
import { log } from '@/lib/platform/log'
import { purgeReferences } from '@/lib/references/server'
import { removeExpired } from '@/lib/retention/server'

const EVERY_MS = 60 * 60_000

/**
 * Clears answers, bytes and rows that have had their time, at the start and every hour, beside everything else. The answers are
 * the pipeline's to clear.
 */
export function startClearing(clearAnswers: () => Promise<void>): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const loop = async () => {
    while (!signal.aborted) {
      await quietly(clearAnswers)
      await quietly(async () => void (await removeExpired(signal)))
      await quietly(async () => void (await purgeReferences()))
      await quietly(async () => {
        const { images, blobs } = await purgeBytes(Date.now(), signal)
        if (images + blobs > 0) log.info('clearing.purged', { images, blobs })
      })
      await delay(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined) // the end of the wait is the stop
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}

/** A failure is told and tried again the next time: nothing depends on it. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log.warn('clearing.failed', { error }))
}
