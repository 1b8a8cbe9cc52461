import 'server-only'
import pg from 'pg'
import { databaseUrl, type Db, type Tx } from '@/lib/db'
import { remember } from '@/lib/event-log'
import { log } from '@/lib/log'
import { shared } from '@/lib/shared'

const CHANNEL = 'studio'
const HEARTBEAT_MS = 5_000
const LIVE_MS = 12_000

export type EventKind =
  | 'generation'
  | 'image'
  | 'credits'
  | 'styles'
  | 'reference'
  | 'member'
  | 'session'
  | 'api-key'
  | 'share-link'
  | 'team'

/**
 * What changed, by id only: whoever hears it asks for the rows with their own rights. An `image` event carries the id
 * of the generation whose pictures changed.
 */
export type StudioEvent = { team: string; kind: EventKind; id: string }

/** `resync` comes when the connection was lost and is back: anything may have happened in between. */
export type Heard = StudioEvent | { kind: 'resync' }

/** `at` is the place after the event in the run of events (lib/event-log). */
type Listener = (event: Heard, at: string) => void

type Hub = {
  listeners: Set<Listener>
  client?: pg.Client
  provenAt: number
  stopped: boolean
  heartbeat?: NodeJS.Timeout
}

const hub = () => shared<Hub>('events', () => ({ listeners: new Set(), provenAt: 0, stopped: true }))

/** Announces changes when (and only when) the transaction commits. */
export async function publish(tx: Tx | Db, ...events: StudioEvent[]): Promise<void> {
  const payloads = events.map((event) => JSON.stringify(event))
  if (payloads.length > 0)
    await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS payload`
}

/** Hears the events of every process. Returns the way to stop listening. */
export function subscribe(listener: Listener): () => void {
  hub().listeners.add(listener)
  return () => hub().listeners.delete(listener)
}

/**
 * Waits until this process has heard what was announced before: PostgreSQL hands a listener its events before it
 * answers it. So whatever a request revoked is forgotten here before that request is answered.
 */
export async function catchUp(): Promise<void> {
  const { client } = hub()
  await client?.query('SELECT 1').catch(() => (hub().provenAt = 0)) // deaf: nothing comes from memory until it is proven again
}

/** Whether the connection is proven alive: only then may an answer that events would revoke come from memory. */
export function isLive(): boolean {
  return Date.now() - hub().provenAt < LIVE_MS
}

/**
 * Opens the process's one LISTEN connection and keeps it open. Only boot calls this: a connection opened inside a
 * request would keep that request's scope for ever. `name` is seen in pg_stat_activity and proves that a process lives.
 */
export async function startListening(name: string): Promise<void> {
  hub().stopped = false
  await connect(name)
}

export async function stopListening(): Promise<void> {
  const { client, heartbeat } = hub()
  hub().stopped = true
  hub().provenAt = 0
  clearInterval(heartbeat)
  await client?.end().catch(() => undefined) // the other side may be gone already
}

async function connect(name: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  client.on('notification', ({ payload }) => payload && tell(JSON.parse(payload)))
  client.on('error', () => lost(client, name))
  client.on('end', () => lost(client, name))
  await client.connect()
  await client.query(`LISTEN ${CHANNEL}`)
  const current = hub()
  current.client = client
  current.provenAt = Date.now()
  current.heartbeat = setInterval(() => prove(client, name), HEARTBEAT_MS)
}

async function prove(client: pg.Client, name: string): Promise<void> {
  const askedAt = Date.now()
  try {
    await client.query('SELECT 1')
    if (hub().client === client) hub().provenAt = askedAt
  } catch {
    lost(client, name)
  }
}

function lost(client: pg.Client, name: string): void {
  const current = hub()
  if (current.client !== client) return
  clearInterval(current.heartbeat)
  current.client = undefined
  current.provenAt = 0
  client.end().catch(() => undefined)
  if (current.stopped) return
  log.warn('events.lost')
  void reconnect(name)
}

async function reconnect(name: string): Promise<void> {
  for (let waitMs = 100; !hub().stopped; waitMs = Math.min(waitMs * 2, 3_000)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      await connect(name)
      log.info('events.back')
      return tell({ kind: 'resync' })
    } catch {
      continue // still gone: asked again after the next wait
    }
  }
}

function tell(event: Heard): void {
  const at = remember(event)
  for (const listener of hub().listeners) listener(event, at)
}
