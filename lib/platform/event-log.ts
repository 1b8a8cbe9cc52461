import 'server-only'
import type { Heard } from '@/lib/platform/event'
import { shared } from '@/lib/platform/shared'

const KEPT = 5_000

/** The last events that this process has heard. `count` is how many there were in all. */
const log = () =>
  shared('event-log', () => ({ run: crypto.randomUUID().slice(0, 8), count: 0, heard: new Array<Heard>() }))

/** The place in the run of events up to which this process has heard them. Take it before reading what it is to vouch for. */
export function positionNow(): string {
  const { run, count } = log()
  return `${run}.${count}`
}

/** Keeps an event for those who missed it; returns the place after it. */
export function remember(event: Heard): string {
  const kept = log()
  kept.heard.push(event)
  if (kept.heard.length > KEPT) kept.heard.shift()
  kept.count += 1
  return positionNow()
}

/** What was heard after that place, oldest first; null when nobody can tell: it was too long ago or in another process. */
export function heardSince(position: string): Heard[] | null {
  const { run, count, heard } = log()
  const [process, place] = position.split('.')
  const missed = count - Number(place || NaN)
  if (process !== run || !(missed >= 0 && missed <= heard.length)) return null
  return missed === 0 ? [] : heard.slice(-missed)
}
