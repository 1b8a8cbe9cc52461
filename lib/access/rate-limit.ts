import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'

/**
 * Far above what a person's pages ask, or a program that waits for its answers: what comes faster is a loop that went
 * wrong. Each process counts what it answers itself.
 */
export const REQUESTS_MAX = 2_000
const WINDOW_S = 10

const limiter = () =>
  shared('access.rate-limit', () => new RateLimiterMemory({ points: REQUESTS_MAX, duration: WINDOW_S }))

/** Counts a request of a session or an API key, by its id. Throws `too_many_requests` with when to come back. */
export async function limitRate(credentialId: string): Promise<void> {
  await limiter()
    .consume(credentialId)
    .catch((reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason
      throw new AppError('too_many_requests', {
        detail: `More than ${REQUESTS_MAX} requests in ${WINDOW_S} seconds.`,
        retryAfterS: Math.ceil(reason.msBeforeNext / 1_000),
      })
    })
}
