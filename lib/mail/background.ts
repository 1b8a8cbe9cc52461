import 'server-only'
import { nextDueAt, sendDueMails } from '@/lib/mail/queue'
import { subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { WakeUp } from '@/lib/platform/wake-up'

const SWEEP_MS = 30_000

/**
 * Sends the mails of the queue, woken when one is queued or due; a sweep finds what a process that died had claimed. Any
 * number of processes may run it. `before` turns what was asked for into mails.
 */
export function startMail(before: () => Promise<void>): { stop: () => Promise<void> } {
  const wakeUp = new WakeUp()
  let isStopping = false
  const unsubscribe = subscribe((heard) => {
    if (heard.kind === 'mail' || heard.kind === 'resync') wakeUp.signal()
  })
  const loop = async () => {
    while (!isStopping) {
      await quietly(before)
      await quietly(() => sendDueMails(() => isStopping))
      await wakeUp.wait(await untilDueMs().catch(() => SWEEP_MS)) // the database is away: asked again with the next sweep
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

async function untilDueMs(): Promise<number> {
  const dueAt = await nextDueAt()
  if (!dueAt) return SWEEP_MS
  return Math.min(SWEEP_MS, Math.max(50, dueAt.getTime() - Date.now()))
}

/** A failure is told and tried again with the next turn. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn('mail.background_failed', { error }))
}
