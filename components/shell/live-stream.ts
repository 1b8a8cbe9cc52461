import type { Change } from '@/lib/access/event-schema'

/**
 * What the tabs of a browser tell one another. `stream` names the connection that brings the changes, null while there
 * is none, and `build` is the server's; `at` is the place after a change in the run of events; a tab that has just come asks for the stream.
 */
export type Said =
  | { kind: 'change'; change: Change; at: string }
  | { kind: 'stream'; stream: string | null; build?: string }
  | { kind: 'ask' }

const RETRY_MS = 3_000
/** The server sends a beat every 15 s: without a word for so long the connection is dead, as after a laptop's sleep. */
const SILENT_MS = 40_000

/**
 * The team's live changes with one connection per browser: HTTP/1.1 browsers allow six to a host, and six tabs would use
 * them all. The tab that holds a lock listens and repeats what it hears to the others; when it closes the next one takes over.
 */
export function listenToTeam(team: string, hear: (said: Said) => void): () => void {
  const stopped = new AbortController()
  const channel = new BroadcastChannel(`studio-live-${team}`)
  let own: Extract<Said, { kind: 'stream' }> | undefined // what it last said of its stream, once it is the one that listens
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind !== 'ask') hear(data)
    else if (own !== undefined) channel.postMessage(own)
  }
  channel.postMessage({ kind: 'ask' } satisfies Said)
  const tell = (said: Said) => {
    if (stopped.signal.aborted) return
    if (said.kind === 'stream') own = said
    hear(said)
    channel.postMessage(said)
  }
  const lead = () => stream(team, tell, stopped.signal)
  if (navigator.locks) {
    navigator.locks.request(`studio-live-${team}`, { signal: stopped.signal }, lead).catch(() => undefined) // aborted: this tab left
  } else {
    void lead() // an old browser or plain http: a stream for every tab
  }
  return () => {
    stopped.abort()
    channel.close()
  }
}

/** Keeps a stream open until the signal aborts. */
async function stream(team: string, tell: (said: Said) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await new Promise<void>((resolve) => {
      const source = new EventSource(`/api/v1/events?team=${encodeURIComponent(team)}`)
      let silence = 0
      const end = () => {
        clearTimeout(silence)
        source.close()
        resolve()
      }
      const lose = () => {
        tell({ kind: 'stream', stream: null })
        end()
      }
      const wait = () => {
        clearTimeout(silence)
        silence = window.setTimeout(lose, SILENT_MS)
      }
      wait()
      source.addEventListener('ready', ({ data }: MessageEvent<string>) => {
        const { build }: { build?: string } = JSON.parse(data)
        tell({ kind: 'stream', stream: String(Math.random()), build })
      })
      source.addEventListener('beat', wait)
      source.addEventListener('change', ({ data, lastEventId }: MessageEvent<string>) => {
        wait()
        tell({ kind: 'change', change: JSON.parse(data), at: lastEventId })
      })
      source.onerror = lose
      signal.addEventListener('abort', end)
    })
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
