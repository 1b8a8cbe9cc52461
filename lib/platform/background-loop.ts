import 'server-only'
import type { EventKind } from '@/lib/platform/event'
import { subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { WakeUp } from '@/lib/platform/wake-up'

export type Background = { stop: () => Promise<void> }

type Loop = {
  /** What the log calls it. */
  name: string
  /** `signal` is aborted when the loop is stopped. */
  work: (signal: AbortSignal) => Promise<unknown>
  /** How long it waits between two turns when nothing wakes it. */
  waitMs: number | (() => Promise<number>)
  wakesOn?: EventKind
}

/**
 * Works until it is stopped: a turn at once, then one after each event or wait. A failure is told and the work tried again
 * with the next turn, so it must be one that may be repeated.
 */
export function startLoop({ name, work, waitMs, wakesOn }: Loop): Background {
  const wakeUp = new WakeUp()
  const stopping = new AbortController()
  const { signal } = stopping
  const unsubscribe = subscribe((heard) => {
    if (wakesOn && (heard.kind === wakesOn || heard.kind === 'resync')) wakeUp.signal()
  })
  const loop = async () => {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => log.warn(`${name}.background_failed`, { error }))
      if (!signal.aborted) await wakeUp.wait(typeof waitMs === 'number' ? waitMs : await waitMs())
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      stopping.abort()
      unsubscribe()
      wakeUp.signal()
      await ended
    },
  }
}
