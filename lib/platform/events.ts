import 'server-only'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { db, demandWritable, directUrl } from '@/lib/platform/db'
import type { StudioEvent, Heard } from '@/lib/platform/event'
import { remember } from '@/lib/platform/event-log'
import { log } from '@/lib/platform/log'
import { PREPARED } from '@/lib/platform/prepared'
import { shared } from '@/lib/platform/shared'
import { write, type SqlTx } from '@/lib/platform/sql-transaction'
import { withinTime } from '@/lib/platform/time-limit'
import { Prisma } from '@/prisma/generated/client'

const CHANNEL = 'studio'
const HEARTBEAT_MS = 5_000
const LIVE_MS = 12_000
const PROOF_MS = 10_000
const PROOF_EVERY_MS = 1_000

/** `at` is the place after the event in the run of events (lib/platform/event-log). */
type Listener = (event: Heard, at: string) => void

/** What a process tells itself to prove that events come through. */
const PROOF = 'proof'

type Hub = {
  listeners: Set<Listener>
  client?: pg.Client
  provenAt: number
  /** How long the last proof took from its announcement until it was heard. */
  delayMs: number
  /** What the connection is called in pg_stat_activity. */
  name: string
  stopped: boolean
  heartbeat?: NodeJS.Timeout
  /** The proofs that are awaited, and what to do when one is heard. */
  awaited: Map<string, () => void>
}

const hub = () =>
  shared<Hub>('events', () => ({
    listeners: new Set(),
    awaited: new Map(),
    provenAt: 0,
    delayMs: 0,
    name: '',
    stopped: true,
  }))

/** Announces changes when (and only when) the transaction commits. */
export async function publish(tx: SqlTx, ...events: StudioEvent[]): Promise<void> {
  if (events.length > 0) await write(tx, Prisma.sql`${PREPARED} ${announcing(payloadsOf(events))}`)
}

/** SQL that announces every `payload` of these rows, for a statement that does more than that. */
export const announcing = (rows: Prisma.Sql) =>
  Prisma.sql`SELECT pg_notify(${CHANNEL}, payload)::text FROM (${rows}) AS told`

/** SQL for the rows that announce these events. */
export const payloadsOf = (events: readonly StudioEvent[]) =>
  Prisma.sql`SELECT unnest(${events.map((event) => JSON.stringify(event))}::text[]) AS payload`

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
  await client?.query('SELECT 1').catch(() => (hub().provenAt = 0)) // not heard: nothing comes from memory until it is proven again
}

/** Whether the connection is proven alive: only then may an answer that events would revoke come from memory. */
export function isLive(): boolean {
  return Date.now() - hub().provenAt < LIVE_MS
}

/** How long an announcement takes until it is heard here, as of the last proof. */
export const eventDelayMs = (): number => hub().delayMs

/**
 * Opens the process's one LISTEN connection and keeps it open. Only boot calls this: a connection opened inside a
 * request would keep that request's scope for ever. `name` is seen in pg_stat_activity and proves that a process lives.
 */
export async function startListening(name: string): Promise<void> {
  hub().stopped = false
  hub().name = name
  await connect()
}

/** Others see this process by that name from now on. */
export async function renameConnection(name: string): Promise<void> {
  hub().name = name
  await hub().client?.query(SET_NAME, [name])
}

export async function stopListening(): Promise<void> {
  const { client, heartbeat } = hub()
  hub().stopped = true
  hub().provenAt = 0
  clearInterval(heartbeat)
  await client?.end().catch(() => undefined) // the other side may be gone already
}

async function connect(): Promise<void> {
  const client = new pg.Client({
    connectionString: directUrl(),
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    pipeline: true, // requests that catch up ask it beside each other
  })
  client.on('notification', ({ payload }) => payload && hear(JSON.parse(payload)))
  client.on('error', () => lost(client))
  client.on('end', () => lost(client))
  try {
    await client.connect()
    await demandWritable(client)
    await client.query(`LISTEN ${CHANNEL}`)
    // a machine that vanished must not seem to live for hours (no effect on a Unix socket)
    await client.query(
      'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3',
    )
    if (!(await isHeard())) throw new Error(NOT_HEARD)
    // only now: a pooler would keep a connection of that name after this process has gone
    await client.query(SET_NAME, [hub().name])
  } catch (error) {
    client.end().catch(() => undefined)
    throw error
  }
  const current = hub()
  // another attempt was quicker, or nobody listens any more: an event that is heard twice is told twice
  if (current.client || current.stopped) return client.end()
  current.client = client
  current.provenAt = Date.now()
  current.heartbeat = setInterval(() => prove(client), HEARTBEAT_MS)
}

const SET_NAME = "SELECT set_config('application_name', $1, false)"
const NOT_HEARD =
  'what the database announces (LISTEN/NOTIFY) does not arrive, as behind a pooler such as PgBouncer in transaction mode: set DATABASE_DIRECT_URL to the address of the same database without the pooler.'

function hear(event: Heard | { kind: typeof PROOF; id: string }): void {
  if (event.kind === PROOF) hub().awaited.get(event.id)?.()
  else tell(event)
}

/**
 * Tells itself something on the way that events take, and says whether it arrived in time. A connection that merely
 * answers is no proof: behind a pooler it answers and hears nothing. Throws when the database cannot be asked.
 */
async function isHeard(): Promise<boolean> {
  const id = randomUUID()
  const { awaited } = hub()
  const proof = new Promise<true>((resolve) => awaited.set(id, () => resolve(true)))
  const deadline = Date.now() + PROOF_MS
  try {
    do {
      await db().$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify({ kind: PROOF, id })})`
      if (await withinTime(PROOF_EVERY_MS, proof)) return true
    } while (Date.now() < deadline)
    return false
  } finally {
    awaited.delete(id)
  }
}

async function prove(client: pg.Client): Promise<void> {
  const askedAt = Date.now()
  try {
    await client.query('SELECT 1')
  } catch {
    return lost(client)
  }
  const toldAt = Date.now()
  const isProven = await isHeard().catch(() => null) // null: nobody could be asked, which proves nothing
  if (hub().client !== client) return
  if (isProven) Object.assign(hub(), { provenAt: askedAt, delayMs: Date.now() - toldAt })
  if (isProven === false) lost(client)
}

function lost(client: pg.Client): void {
  const current = hub()
  if (current.client !== client) return
  clearInterval(current.heartbeat)
  current.client = undefined
  current.provenAt = 0
  client.end().catch(() => undefined)
  if (current.stopped) return
  log.warn('events.lost')
  void reconnect()
}

async function reconnect(): Promise<void> {
  for (let waitMs = 100; !hub().stopped; waitMs = Math.min(waitMs * 2, 3_000)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      await connect()
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
