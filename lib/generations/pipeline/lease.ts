import 'server-only'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { extendLease } from '@/lib/generations/pipeline/queue'
import { log } from '@/lib/platform/log'

const HEARTBEAT_MS = 5_000
const RETRY_MS = 500

/** Repeats a write until the database is there again. Safe: every write is guarded by the state it starts from. */
export async function persist<T>(signal: AbortSignal, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseGone(error) || signal.aborted) throw error
      log.warn('generation.waits_for_database', { error })
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** Renews the lease until stopped. A lease that cannot be renewed is somebody else's business, guarded at the end. */
export function keepLease(id: string, owner: string): () => void {
  const beat = () =>
    extendLease(id, owner).catch((error: unknown) => log.warn('generation.heartbeat_failed', { id, error }))
  const timer = setInterval(beat, HEARTBEAT_MS)
  return () => clearInterval(timer)
}
