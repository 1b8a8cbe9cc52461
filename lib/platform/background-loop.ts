import 'server-only'
import type { EventKind } from '@/lib/platform/event'
import { subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { WakeUp } from '@/lib/platform/wake-up'

export type Background = { stop: () => Promise<void> }

type Loop = {
  /** What the log calls it. */
  name: string
  work: (isStopping: () => boolean) => Promise<unknown>
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
  let isStopping = false
  const unsubscribe = subscribe((heard) => {
    if (wakesOn && (heard.kind === wakesOn || heard.kind === 'resync')) wakeUp.signal()
  })
  const loop = async () => {
    while (!isStopping) {
      await work(() => isStopping).catch((error: unknown) => log.warn(`${name}.background_failed`, { error }))
      if (!isStopping) await wakeUp.wait(typeof waitMs === 'number' ? waitMs : await waitMs())
    }
  }
  const ended = loop()
  return {
    stop: async () => {
      isStopping = true
      unsubscribe()
      wakeUp.signal()
      await ended
    },
  }
}
