import 'server-only'
import net from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { nameOf } from '@/lib/platform/prepared'
import { shared } from '@/lib/platform/shared'
import { PrismaClient, type Prisma } from '@/prisma/generated/client'

export type Db = PrismaClient
export type Tx = Prisma.TransactionClient

/** The connection string of the one database; `npm start` sets it when it runs the embedded server. */
export function databaseUrl(): string {
  const url = env().DATABASE_URL
  if (!url)
    throw new Error('DATABASE_URL is not set: start with `npm start`, which brings its own PostgreSQL.')
  return url
}

/** The same database without a pooler in between: for LISTEN and for whatever else belongs to one connection. */
export const directUrl = (): string => env().DATABASE_DIRECT_URL ?? databaseUrl()

const MOST_CONNECTIONS = 12
/** For a free connection, or a new one. */
const CONNECT_LIMIT_MS = 10_000
/** Longer than any statement of ours may take, on a connection that nobody uses for a statement for only seconds. */
const SILENCE_LIMIT_MS = 60_000

/** The connections behind the Prisma client. */
export const pool = () =>
  shared(
    'db.pool',
    () =>
      new pg.Pool({
        connectionString: databaseUrl(),
        max: MOST_CONNECTIONS,
        keepAlive: true,
        pipeline: true,
        connectionTimeoutMillis: CONNECT_LIMIT_MS,
        stream: mortalSocket,
        // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for it; its types do not say so
        onConnect: prepareSession,
      }),
  )

/** What is asked in one turn goes out in one write: the driver uncorks after each statement. */
class TurnSocket extends net.Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork())
  }
}

/**
 * A machine that vanished, or a network that lost the way to it, breaks no connection: whoever waits for an answer would
 * wait for a quarter of an hour.
 */
function mortalSocket(): net.Socket {
  const socket = new TurnSocket()
  return socket.setTimeout(SILENCE_LIMIT_MS, () =>
    socket.destroy(new Error('Connection terminated: the database is silent')),
  )
}

/** For a library that brings its own SQL. Not by its name: a pooler in transaction mode keeps no prepared statement. */
export const libraryClient = {
  query: ({ text, values }: pg.QueryConfig) => pool().query({ text, values }),
}

const ignore = () => undefined

/** A statement, not the start-up packet's `options`: poolers refuse those, and keep this with the client. */
async function prepareSession(client: pg.ClientBase): Promise<void> {
  // nobody else listens while the pool hands it over: an error just then would end the process
  client.on('error', ignore)
  await client.query(`SET TIME ZONE 'UTC'`)
  await demandWritable(client)
}

/** After a failover the address may lead to the old server, now a copy, for a while: a connection to that would stay. */
export async function demandWritable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('SHOW transaction_read_only')
  if (rows[0]?.transaction_read_only === 'on')
    throw Object.assign(new Error('the database takes nothing down (it is a copy, or set to read only)'), {
      code: '25006',
    })
}

/** How the connections of this process stand: `waiting` are questions that none was free for. */
export function connectionCounts(): { busy: number; idle: number; waiting: number; most: number } {
  const { totalCount, idleCount, waitingCount } = pool()
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount, most: MOST_CONNECTIONS }
}

/** The process's Prisma client. Sessions run in UTC: otherwise `timestamptz` comparisons shift with the server's zone. */
export const db = (): Db =>
  shared('db', () => {
    // a connection that is lost is opened anew; whoever used it is told
    const adapter = new PrismaPg(pool(), {
      onPoolError: ignore,
      onConnectionError: ignore,
      disposeExternalPool: true,
      statementNameGenerator: ({ sql }) => nameOf(sql),
    })
    // the library's own 2 s and 5 s are short for a machine that is busy: an image that came back must still be kept
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 30_000 } })
  })

/** A pooler that forgets the time zone of a session would shift every moment that SQL compares. Throws one sentence. */
export async function demandUtc(): Promise<void> {
  const asked = Array.from({ length: 4 }, () => db().$queryRaw<{ TimeZone: string }[]>`SHOW TimeZone`)
  const zones = (await Promise.all(asked)).map(([row]) => row?.TimeZone)
  if (zones.some((zone) => zone !== 'UTC'))
    throw new Error(
      "the database forgets the time zone that its sessions ask for: say ALTER ROLE … SET timezone = 'UTC' for the user of DATABASE_URL.",
    )
}

/** PostgreSQL said that a unique constraint forbids the row (Prisma's P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}
