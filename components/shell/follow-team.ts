import { listenToTeam, type Said } from '@/components/shell/live-stream'
import { noteBuild } from '@/components/shell/new-version'
import { getMissedChanges } from '@/lib/access/client'
import type { Change } from '@/lib/access/event-schema'
import { ApiError } from '@/lib/platform/api-client'

const POLL_MS = 10_000
/** The answers to somebody who may no longer see the team. */
const SHUT_OUT = [401, 403, 404]

type Options = {
  team: string
  /** The place in the run of events at which the page was read. */
  seenAt: string
  hear: (change: Change) => void
  onShutOut: () => void
}

/**
 * Hears every change in the team since `seenAt`. The stream brings what happens while it is open; what happened before
 * it opened, while it was cut, refused or this tab was away is asked for by the place that this tab has come to.
 */
export function followTeam({ team, seenAt, hear, onShutOut }: Options) {
  let position = seenAt
  /** The furthest place that was heard of: what a stream says while this tab still catches up does not move `position`. */
  let furthest = seenAt
  let stream: string | null = null
  let isCaughtUp = false
  let isDue = false
  let isAsking = false
  let isStopped = false

  async function catchUp() {
    isCaughtUp = false
    isDue = true
    if (isAsking) return
    isAsking = true
    while (isDue && !isStopped) {
      isDue = false
      await ask()
    }
    isAsking = false
  }

  async function ask() {
    const since = position
    try {
      const { at, changes } = await getMissedChanges(team, since)
      if (isStopped) return
      changes.forEach(hear)
      if (position !== since) return // went back meanwhile, and is asked again from there
      position = at
      furthest = later(furthest, at)
      isCaughtUp = !isDue
    } catch (error) {
      if (error instanceof ApiError && SHUT_OUT.includes(error.status)) onShutOut()
      // anything else: asked again before long
    }
  }

  function onSaid(said: Said) {
    if (said.kind === 'change') {
      furthest = later(furthest, said.at)
      if (isCaughtUp) position = said.at
      hear(said.change)
    } else if (said.kind === 'stream') {
      if (said.build !== undefined) noteBuild(said.build)
      const isAnother = said.stream !== stream
      stream = said.stream
      if (isAnother || !isCaughtUp) void catchUp()
    }
  }

  let stopListening = listenToTeam(team, onSaid)
  const poll = window.setInterval(() => (stream === null || !isCaughtUp) && void catchUp(), POLL_MS)
  const stopWatching = watchPage({
    onHide: () => stopListening(),
    onShowAgain: () => (stopListening = listenToTeam(team, onSaid)),
    onBack: () => void catchUp(),
  })

  return {
    /** A page comes into view that was read at that place: what this tab has heard since is heard again. */
    goBack(place: string) {
      if (isSameRun(place, position)) {
        if (countOf(place) >= countOf(furthest)) return
        if (countOf(place) < countOf(position)) position = place
        void catchUp()
      } else hear({ kind: 'elsewhere' })
    },
    stop() {
      isStopped = true
      stopWatching()
      clearInterval(poll)
      stopListening()
    },
  }
}

type PageWatch = { onHide: () => void; onShowAgain: () => void; onBack: () => void }

/** A page that the browser keeps to show it again has neither a stream nor the lock meanwhile. */
function watchPage({ onHide, onShowAgain, onBack }: PageWatch): () => void {
  const stopped = new AbortController()
  const until = { signal: stopped.signal }
  window.addEventListener('pagehide', onHide, until)
  window.addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return
      onShowAgain()
      onBack()
    },
    until,
  )
  window.addEventListener('online', onBack, until)
  document.addEventListener('visibilitychange', () => !document.hidden && onBack(), until)
  return () => stopped.abort()
}

const runOf = (place: string) => place.split('.')[0]
const countOf = (place: string) => Number(place.split('.')[1])
const later = (one: string, other: string) =>
  isSameRun(one, other) && countOf(one) > countOf(other) ? one : other
const isSameRun = (one: string, other: string) => runOf(one) === runOf(other)
