/** What the server said has changed; `resync` means that anything may have. */
export type Change = { kind: string; id?: string }
type Said = Change | { kind: 'stream'; isUp: boolean }

const RETRY_MS = 3_000

/**
 * The team's live changes with one connection per browser: HTTP/1.1 browsers allow six to a host, and six tabs would use
 * them all. The tab that holds a lock listens and repeats what it hears to the others; when it closes the next one takes over.
 */
export function listenToTeam(team: string, hear: (said: Said) => void): () => void {
  const stopped = new AbortController()
  const channel = new BroadcastChannel(`studio-live-${team}`)
  channel.onmessage = ({ data }: MessageEvent<Said>) => hear(data)
  const tell = (said: Said) => {
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
      const end = () => {
        source.close()
        resolve()
      }
      source.addEventListener('ready', () => {
        tell({ kind: 'stream', isUp: true })
        tell({ kind: 'resync' })
      })
      source.addEventListener('change', ({ data }: MessageEvent<string>) => tell(JSON.parse(data)))
      source.onerror = () => {
        tell({ kind: 'stream', isUp: false })
        end()
      }
      signal.addEventListener('abort', end)
    })
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
