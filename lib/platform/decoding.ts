import 'server-only'
import sharp from 'sharp'
import { withConcurrencyLimit } from '@/lib/platform/concurrency-limit'

/**
 * Each takes a thread of the pool that files, passwords and names are worked on as well, and a core while it lasts: of
 * all kinds together only so many run at once, each on one thread.
 */
const LIMITS = { places: 2, queue: 128 }
/** More is not decoded of the images that upstream answers with; what cannot be shown is not received either. */
export const IMAGE_MAX_PIXELS = 100_000_000
/** Longer than any image within the limits needs; sharp gives up by itself then. */
export const DECODE_LIMIT_S = 20
sharp.concurrency(1)

/** Runs work that decodes or encodes images when it is its turn, one after the other within. Throws `unavailable` under a rush. */
export function decodeInTurn<T>(work: () => Promise<T>): Promise<T> {
  return withConcurrencyLimit('decoding', LIMITS, work)
}
