import 'server-only'
import { runGeneration } from '@/lib/generations/pipeline/call'
import { keepLease } from '@/lib/generations/pipeline/lease'
import { pollPending } from '@/lib/generations/pipeline/poll'
import { claimNext, hasClaimable } from '@/lib/generations/pipeline/queue'
import { cancelOverdue, noteNoSpace, recoverLapsed } from '@/lib/generations/pipeline/recover'
import { sweepKeptAnswers } from '@/lib/generations/pipeline/unread'
import { isLive, subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { processId } from '@/lib/platform/process'
import { currentAccountId } from '@/lib/upstream/server'
import { hasRoomFor } from '@/lib/upstream/spool'

const SWEEP_MS = 1_000
const KEPT_ANSWERS_MS = 60_000

export type Dispatcher = {
  /** Claims no more; says how many calls are under way. */
  drain(): { inFlight: number }
  /** Resolves when the calls under way have ended. */
  finished(): Promise<void>
}

type State = {
  running: Set<Promise<void>>
  isWoken: boolean
  wake: () => void
  isDraining: boolean
  owner: string
}

/**
 * The process's dispatcher: claims and runs generations as slots allow, and looks once a second for what the others
 * left behind. Any number of them may share a database. A wake-up during a claim makes the loop look again.
 */
export function startDispatcher(owner = processId()): Dispatcher {
  const state: State = { running: new Set(), isWoken: false, wake: () => undefined, isDraining: false, owner }
  const draining = new AbortController()
  const unsubscribe = subscribe((event) => {
    if (event.kind !== 'resync' && !event.isClaimable) return
    state.isWoken = true
    state.wake()
  })
  const loop = runLoop(state, draining.signal)
  return {
    drain() {
      state.isDraining = true
      draining.abort()
      unsubscribe()
      state.wake()
      return { inFlight: state.running.size }
    },
    async finished() {
      await loop
      await Promise.allSettled(state.running)
    },
  }
}

async function runLoop(state: State, signal: AbortSignal): Promise<void> {
  let sweptAt = 0
  let keptSweptAt = 0
  while (!state.isDraining) {
    state.isWoken = false
    try {
      const accountId = await currentAccountId()
      if (Date.now() - sweptAt >= SWEEP_MS) {
        sweptAt = Date.now()
        await sweep(accountId, state, signal)
      }
      await claimAll(accountId, state, signal)
      if (Date.now() - keptSweptAt >= KEPT_ANSWERS_MS) {
        keptSweptAt = Date.now()
        await sweepKeptAnswers()
      }
    } catch (error) {
      log.warn('dispatch.failed', { error, isLive: isLive() })
    }
    if (!state.isWoken && !state.isDraining) await nextWake(state)
  }
}

/** Until something happens or a sweep is due. */
function nextWake(state: State): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SWEEP_MS)
    state.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

async function claimAll(accountId: string, state: State, signal: AbortSignal): Promise<void> {
  while (!state.isDraining) {
    if (!(await hasClaimable(accountId))) return
    if (!(await hasRoomFor(state.running.size + 1))) return noteNoSpace()
    const generation = await claimNext(accountId, state.owner)
    if (!generation) return
    track(state, runGeneration({ generation, owner: state.owner, signal }))
  }
}

async function sweep(accountId: string, state: State, signal: AbortSignal): Promise<void> {
  await cancelOverdue(accountId)
  for (const generation of await recoverLapsed(accountId, state.owner)) {
    const stop = keepLease(generation.id, state.owner)
    track(state, pollPending({ generation, owner: state.owner, signal }).finally(stop))
  }
}

function track(state: State, run: Promise<void>): void {
  const tracked = run
    .catch((error: unknown) => log.error('generation.run_failed', { error }))
    .finally(() => {
      state.running.delete(tracked)
      state.isWoken = true
      state.wake()
    })
  state.running.add(tracked)
}
