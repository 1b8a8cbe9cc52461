import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Heard } from '@/lib/platform/event'
import { isLive, subscribe } from '@/lib/platform/events'
import { shared } from '@/lib/platform/shared'

type Options<T> = {
  max: number
  /** Bounds what a change by hand in the database, which announces nothing, is not seen for. */
  ttlMs: number
  /** Whether what was announced may make anything that is remembered wrong. */
  forgets: (heard: Heard) => boolean
  /** What is not worth its place is read each time. */
  isKept?: (value: T) => boolean
}

/**
 * What this process has read and need not read again before a change of it is announced: remembered only while
 * announcements are surely heard. A change while it is read takes it out again.
 */
export function liveMemory<T extends object>(name: string, { max, ttlMs, forgets, isKept }: Options<T>) {
  const known = () =>
    shared(name, () => {
      const made = new LRUCache<string, Promise<T>>({ max, ttl: ttlMs })
      subscribe((heard) => forgets(heard) && made.clear())
      return made
    })
  return async (key: string, read: () => Promise<T>): Promise<T> => {
    if (!isLive()) return read()
    const found = known().get(key)
    if (found) return found
    const reading = read()
    known().set(key, reading)
    const drop = () => known().peek(key) === reading && known().delete(key)
    return reading.then(
      (value) => {
        if (isKept && !isKept(value)) drop()
        return value
      },
      (error: unknown) => {
        drop()
        throw error
      },
    )
  }
}
