import 'server-only'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { libraryClient } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'

/**
 * Far above what a person's pages ask, or a program that waits for its answers: what comes faster is a loop that went
 * wrong.
 */
export const REQUESTS_MAX = 2_000
const WINDOW_S = 10
/** A process counts by itself and tells the others of each hundred: who asks less costs no statement. */
const TOLD_EVERY = 100

/** Counts a request of a session or an API key, by its id. Throws `too_many_requests` with when to come back. */
export const limitRate = (credentialId: string): Promise<void> =>
  shared('access.rate-limit', createRateLimiter)(credentialId)

/** What one process counts with; all of one database refuse together. */
export function createRateLimiter(): typeof limitRate {
  const limit = { points: REQUESTS_MAX, duration: WINDOW_S }
  const here = new RateLimiterMemory(limit)
  const everywhere = new RateLimiterPostgres({
    ...limit,
    ...{ storeClient: libraryClient, storeType: 'pool', tableName: 'RateLimit', tableCreated: true },
    keyPrefix: '',
  })
  const tell = (credentialId: string) =>
    everywhere.consume(credentialId, TOLD_EVERY).catch(async (reason: unknown) => {
      if (reason instanceof RateLimiterRes) await here.block(credentialId, secondsUntil(reason))
      throw reason
    })
  return async (credentialId) => {
    try {
      const { consumedPoints } = await here.consume(credentialId)
      if (consumedPoints % TOLD_EVERY === 0) await tell(credentialId)
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason
      throw new AppError('too_many_requests', {
        detail: `More than ${REQUESTS_MAX} requests in ${WINDOW_S} seconds.`,
        retryAfterS: secondsUntil(reason),
      })
    }
  }
}

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number => Math.ceil(msBeforeNext / 1_000)
