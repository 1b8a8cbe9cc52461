import 'server-only'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { log } from '@/lib/platform/log'

const RETRY_MS = 500

/** Repeats a write until the database is there again. Safe also where it was committed and only that was
 * not heard: every write demands the state and, where the row may have been claimed anew, the lease that it starts from. */
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
