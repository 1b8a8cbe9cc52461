import 'server-only'
import { nextDueAt, sendDueMails } from '@/lib/mail/queue'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { log } from '@/lib/platform/log'

const SWEEP_MS = 30_000

/**
 * Sends the mails of the queue, woken when one is queued or due; a sweep finds what a process that died had claimed. Any
 * number of processes may run it. `before` turns what was asked for into mails; where that fails mails are sent all the same.
 */
export function startMail(before: () => Promise<void>): Background {
  return startLoop({
    name: 'mail',
    wakesOn: 'mail',
    waitMs: () => untilDueMs().catch(() => SWEEP_MS), // the database is away: asked again with the next sweep
    work: async (signal) => {
      await before().catch((error: unknown) => log.warn('mail.before_failed', { error }))
      await sendDueMails(() => signal.aborted)
    },
  })
}

async function untilDueMs(): Promise<number> {
  const dueAt = await nextDueAt()
  if (!dueAt) return SWEEP_MS
  return Math.min(SWEEP_MS, Math.max(50, dueAt.getTime() - Date.now()))
}
