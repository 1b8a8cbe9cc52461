import 'server-only'
import { credentialOf, type Actor } from '@/lib/access/actor'
import type { Change, EventQuery, MissedChanges } from '@/lib/access/event-schema'
import { requireActor, requireActorIn } from '@/lib/access/server'
import { BUILD } from '@/lib/platform/build'
import { HOUR_MS } from '@/lib/platform/durations'
import { AppError } from '@/lib/platform/errors'
import type { Heard } from '@/lib/platform/event'
import { heardSince, positionNow } from '@/lib/platform/event-log'
import { catchUp, subscribe } from '@/lib/platform/events'
import { shared } from '@/lib/platform/shared'

const BEAT_MS = 15_000
/** More than every tab of a browser that shares no stream; a script that leaves its streams open meets it first. */
const MOST_OF_ONE = 16
/** Each costs a socket, a timer and a listener that hears everything. */
const MOST_OF_ALL = 1_000
/** A session or key may end by its date, which no event tells: the browser opens the next stream by itself. */
const LONGEST_MS = HOUR_MS
/** Events that may end the actor's rights: the page opens a new stream and is asked who it is. */
const RECHECK = ['session', 'member', 'api-key', 'team']

/** What ends each open stream, with whose it is: one session or one key. */
const open = () => shared('event-streams', () => new Map<() => void, string>())

export const countEventStreams = (): number => open().size

const ending = () => shared('event-streams.ending', () => ({ isOver: false }))

/**
 * Ends every open stream, and from now on each as soon as it opens: the server is stopping, the browsers come back to the
 * next one. A proxy may still send one over a connection that it kept, which would hold the stop for an hour.
 */
export function endEventStreams(): void {
  ending().isOver = true
  closeEventStreams()
}

export function closeEventStreams(): void {
  for (const close of open().keys()) close()
}

/**
 * What changes in the actor's team, as server-sent events: `event: change`, `id`, `data: {"kind","id"}`, ids only. A
 * `beat` every 15 s keeps proxies from cutting it and proves that it is alive. `team` is a slug or id: an EventSource
 * sends no `X-Studio-Team`. Ends when the actor's session, membership or key may have ended. Throws `too_many_requests`
 * when one session or key has too many open, `unavailable` when this process has.
 * With `since`, answers at once with what was missed after that place.
 */
export async function answerEvents(
  request: Request,
  { team, since }: EventQuery,
): Promise<Response | MissedChanges> {
  const scope = 'read'
  const askedAt = positionNow()
  const actor = team ? await requireActorIn(request, team, { scope }) : await requireActor(request, { scope })
  if (since !== undefined) return missedBy(actor, since)
  const owner = credentialOf(actor)
  refuseTooMany(owner)
  return stream(actor, owner, { signal: request.signal, askedAt })
}

async function missedBy(actor: Actor, since: string): Promise<MissedChanges> {
  await catchUp()
  const heard = heardSince(since) ?? [{ kind: 'resync' as const }]
  const changes = heard.filter((one) => concerns(one, actor)).map(toMessage)
  const once = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change]))
  return { at: positionNow(), changes: [...once.values()] }
}

function refuseTooMany(owner: string): void {
  if (open().size >= MOST_OF_ALL)
    throw new AppError('unavailable', { detail: 'Too many event streams are open here.', retryAfterS: 30 })
  const own = [...open().values()].filter((each) => each === owner).length
  if (own >= MOST_OF_ONE)
    throw new AppError('too_many_requests', {
      detail: 'You have too many event streams open.',
      retryAfterS: 30,
    })
}

type Opening = {
  signal: AbortSignal
  /** The place in the run of events before the actor's rights were read. */
  askedAt: string
}

function stream(actor: Actor, owner: string, { signal, askedAt }: Opening): Response {
  const encoder = new TextEncoder()
  let release = () => false
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const beat = setInterval(() => send('event: beat\ndata: {}\n\n'), BEAT_MS)
      const unsubscribe = subscribe((heard, at) => {
        if (concerns(heard, actor))
          send(`event: change\nid: ${at}\ndata: ${JSON.stringify(toMessage(heard))}\n\n`)
        if (mightRevoke(heard, actor)) close()
      })
      release = () => {
        clearInterval(beat)
        clearTimeout(end)
        unsubscribe()
        return open().delete(close)
      }
      const close = () => {
        if (release()) controller.close()
      }
      const end = setTimeout(close, LONGEST_MS)
      open().set(close, owner)
      signal.addEventListener('abort', close)
      send(`retry: 2000\nevent: ready\ndata: ${JSON.stringify({ build: BUILD })}\n\n`)
      const missed = heardSince(askedAt)
      if (ending().isOver || !missed || missed.some((heard) => mightRevoke(heard, actor))) close()
    },
    cancel: () => void release(), // the reader is gone: closing a cancelled stream would throw
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

function concerns(heard: Heard, { teamId }: Actor): boolean {
  return heard.kind === 'resync' || heard.team === teamId || heard.team === '*'
}

function toMessage(heard: Heard): Change {
  return heard.kind === 'resync' ? { kind: 'resync' } : { kind: heard.kind, id: heard.id }
}

function mightRevoke(heard: Heard, actor: Actor): boolean {
  if (heard.kind === 'resync' || !RECHECK.includes(heard.kind)) return false
  if (heard.kind === 'member' && heard.team !== actor.teamId) return false
  const own = [actor.userId, actor.teamId, credentialOf(actor)]
  return own.includes(heard.id)
}
