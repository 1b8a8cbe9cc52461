import 'server-only'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'

type Gate = { open: number; waiting: (() => void)[] }
type Limits = { places: number; queue: number }

/**
 * Runs `work` with at most `places` of its kind at once in this process; up to `queue` wait their turn, and more
 * than that are told `unavailable` with a time to come back. For work that costs memory or a core.
 */
export async function throughGate<T>(
  name: string,
  { places, queue }: Limits,
  work: () => Promise<T>,
): Promise<T> {
  const gate = shared<Gate>(`gate.${name}`, () => ({ open: 0, waiting: [] }))
  if (gate.open >= places && gate.waiting.length >= queue) {
    throw new AppError('unavailable', { detail: 'Too much of this is under way.', retryAfterS: 5 })
  }
  if (gate.open >= places) await new Promise<void>((resolve) => gate.waiting.push(resolve))
  else gate.open += 1
  try {
    return await work()
  } finally {
    const next = gate.waiting.shift()
    if (next) next()
    else gate.open -= 1
  }
}
