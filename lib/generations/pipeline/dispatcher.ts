import 'server-only'
import { runGeneration } from '@/lib/generations/pipeline/call'
import { keepLease, RENEWED_WITHIN_MS } from '@/lib/generations/pipeline/lease'
import { pollPending } from '@/lib/generations/pipeline/poll'
import { accountsWithWork, claimNext, lookForWork, type Waiting } from '@/lib/generations/pipeline/queue'
import { cancelOverdue, noteNoSpace, recoverLapsed, recoverSpools } from '@/lib/generations/pipeline/recover'
import type { Status } from '@/lib/generations/status'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import type { Heard } from '@/lib/platform/event'
import { isLive, subscribe } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { processId } from '@/lib/platform/process'
import { WakeUp } from '@/lib/platform/wake-up'
import { hasRoomFor } from '@/lib/upstream/spool'

/*
 * The stages of a generation, a file each: work is found here, claimed (queue.ts) under a lease (lease.ts) and sent (call.ts);
 * the images of the answer are made durable (receive.ts) and the end is written down (settle.ts). What upstream delivers
 * later is asked for (poll.ts), what a dead process left is ended (recover.ts), what could not be read whole is read
 * again (unread.ts), and what cannot be written down at all ends as unknown (unsettled.ts).
 */

const SWEEP_MS = 1_000
/** What upstream did not take frees one, too, but goes back into the queue: the sweep sees that. */
const FREES_A_SLOT: string[] = ['succeeded', 'failed', 'unknown'] satisfies Status[]
/** In the place of a generation's id: nobody knows which. `recoverSpools` takes it for the beginning of every file's name. */
const ANY = ''

export type Dispatcher = {
  /** Claims no more; says how many calls are under way. */
  drain(): { inFlight: number }
  /** Resolves when the calls under way have ended. */
  finished(): Promise<void>
}

type State = {
  /** What it is at, by the generation's id. */
  running: Map<string, Promise<void>>
  /** Nobody is given up before: the database could not be reached, so the living could not renew their leases either. */
  givesUpFrom: number
  /** Accounts where something may wait that can be claimed: to be looked at now. */
  due: Set<string>
  /** Accounts where something was seen to wait that had no slot: to be looked at when a call of theirs ends, not before. */
  waitingForSlot: Set<string>
  /** The account that is just looked at, and what was heard of it since that began, which it may not have seen. */
  looking: { accountId: string; isQueued: boolean; isFreed: boolean } | undefined
  /** Generations that some dispatcher has just given up, or `ANY`: an answer to them may lie in the spool of this machine. */
  givenUp: Set<string>
  /** Every account is to be looked at: news did not say which. */
  isSweepDue: boolean
  wakeUp: WakeUp
  isDraining: boolean
  owner: string
}

/**
 * The process's dispatcher: claims and runs generations as slots allow, and looks once a second for what the others
 * left behind. Any number of them may share a database. It looks for work when something is queued while a slot may be
 * free, or when a call ends while something is known to wait for one; news while it looks makes it look again.
 */
export function startDispatcher(owner = processId()): Dispatcher {
  const state: State = {
    running: new Map(),
    givesUpFrom: 0,
    due: new Set(),
    waitingForSlot: new Set(),
    looking: undefined,
    givenUp: new Set(),
    isSweepDue: true,
    wakeUp: new WakeUp(),
    isDraining: false,
    owner,
  }
  const draining = new AbortController()
  const unsubscribe = subscribe((event) => {
    if (noteNews(event, state)) state.wakeUp.signal()
  })
  const loop = runLoop(state, draining.signal)
  return {
    drain() {
      state.isDraining = true
      draining.abort()
      unsubscribe()
      state.wakeUp.signal()
      return { inFlight: state.running.size }
    },
    async finished() {
      await loop
      await Promise.allSettled(state.running.values())
    },
  }
}

/** Whether there is something to look at now. A process of an older version does not say for which account. */
function noteNews(event: Heard, state: State): boolean {
  const isWork = event.kind === 'generation' && event.status !== undefined
  if (event.kind === 'resync') state.givenUp.add(ANY)
  if (event.kind === 'resync' || event.kind === 'queue' || (isWork && event.account === undefined))
    return (state.isSweepDue = true)
  if (!isWork || event.account === undefined) return false
  if (event.status === 'unknown') state.givenUp.add(event.id)
  return noteWork(event.account, event.status, state) || event.status === 'unknown'
}

/** Whether something of the account can be claimed now. What a look that is under way may not have seen is looked at after it. */
function noteWork(
  accountId: string,
  status: string | undefined,
  { looking, waitingForSlot, due }: State,
): boolean {
  const isQueued = status === 'queued'
  const isFreed = FREES_A_SLOT.includes(status ?? '')
  if (looking?.accountId === accountId) {
    looking.isQueued ||= isQueued
    looking.isFreed ||= isFreed
    return false
  }
  const isClaimable = waitingForSlot.has(accountId) ? isFreed : isQueued
  if (isClaimable) due.add(accountId)
  return isClaimable
}

async function runLoop(state: State, signal: AbortSignal): Promise<void> {
  let nextSweepAt = 0
  const untilSweep = () => Math.max(0, nextSweepAt - performance.now())
  while (!state.isDraining) {
    try {
      if (state.isSweepDue || untilSweep() === 0) {
        state.isSweepDue = false
        await sweepAll(state, signal).finally(() => (nextSweepAt = performance.now() + SWEEP_MS))
      }
      await claimAll(state, signal)
      for (const id of state.givenUp) {
        state.givenUp.delete(id)
        await recoverSpools(id).catch((error: unknown) => {
          if (isDatabaseGone(error)) state.givenUp.add(id)
          throw error
        })
      }
    } catch (error) {
      log.warn('dispatch.failed', { error, isLive: isLive() })
      if (isDatabaseGone(error)) state.givesUpFrom = Date.now() + RENEWED_WITHIN_MS
    }
    if (state.due.size === 0 && !state.isSweepDue && !state.isDraining) await state.wakeUp.wait(untilSweep())
  }
}

async function sweepAll(state: State, signal: AbortSignal): Promise<void> {
  for (const accountId of await accountsWithWork()) {
    await sweep(accountId, state, signal)
    await look(accountId, state, () => lookForWork(accountId))
  }
}

/** One of each account in turn, until none is due. */
async function claimAll(state: State, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [accountId] = state.due
    if (accountId === undefined || state.isDraining) return
    state.due.delete(accountId)
    if (!(await hasRoomFor(state.running.size + 1))) {
      await noteNoSpace(accountId)
      continue
    }
    const { generation } = await look(accountId, state, () => claimNext(accountId, state.owner))
    if (generation) track(state, generation.id, runGeneration({ generation, owner: state.owner, signal }))
  }
}

/** Looks at what waits for the account, or claims of it, and decides when it is looked at again. */
async function look<T extends Waiting>(accountId: string, state: State, see: () => Promise<T>): Promise<T> {
  const heard = (state.looking = { accountId, isQueued: false, isFreed: false })
  const seen = await see().finally(() => (state.looking = undefined))
  const isWaitingForSlot = seen.isMoreWaiting && !seen.isSlotFree
  if (isWaitingForSlot) state.waitingForSlot.add(accountId)
  else state.waitingForSlot.delete(accountId)
  if (isWaitingForSlot ? heard.isFreed : seen.isMoreWaiting || heard.isQueued) state.due.add(accountId)
  return seen
}

async function sweep(accountId: string, state: State, signal: AbortSignal): Promise<void> {
  await cancelOverdue(accountId)
  if (Date.now() < state.givesUpFrom) return
  for (const generation of await recoverLapsed(accountId, state.owner, [...state.running.keys()])) {
    const stop = keepLease(generation, state.owner)
    track(state, generation.id, pollPending({ generation, owner: state.owner, signal }).finally(stop))
  }
}

function track(state: State, id: string, run: Promise<void>): void {
  const tracked = run
    .catch((error: unknown) => log.error('generation.run_failed', { id, error }))
    .finally(() => state.running.get(id) === tracked && state.running.delete(id)) // it may have been claimed anew
  state.running.set(id, tracked)
}
