import 'server-only'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'

type Places = { taken: number; waiting: (() => void)[] }
type Limits = { places: number; queue: number }

/**
 * Runs `work` with at most `places` of its kind at once in this process; up to `queue` wait their turn, and more
 * than that are told `unavailable` with a time to come back. For work that costs memory or a core.
 */
export async function withConcurrencyLimit<T>(
  name: string,
  { places, queue }: Limits,
  work: () => Promise<T>,
): Promise<T> {
  const now = shared<Places>(`concurrency.${name}`, () => ({ taken: 0, waiting: [] }))
  if (now.taken >= places && now.waiting.length >= queue) {
    throw new AppError('unavailable', { detail: 'Too much of this is under way.', retryAfterS: 5 })
  }
  if (now.taken >= places) await new Promise<void>((resolve) => now.waiting.push(resolve))
  else now.taken += 1
  try {
    return await work()
  } finally {
    const next = now.waiting.shift()
    if (next) next()
    else now.taken -= 1
  }
}
