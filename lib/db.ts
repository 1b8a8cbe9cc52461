import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { z } from 'zod'
import { PrismaClient, type Prisma } from '@/prisma/generated/client'
import { env } from '@/lib/env'
import { shared } from '@/lib/shared'

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

/** The process's Prisma client. Sessions run in UTC: otherwise `timestamptz` comparisons shift with the server's zone. */
export const db = (): Db =>
  shared('db', () => {
    const ignore = () => undefined // a connection that is lost is opened anew; whoever used it is told
    const adapter = new PrismaPg(
      // a statement, not the start-up packet's `options`: poolers refuse those, and keep this with the client
      {
        connectionString: databaseUrl(),
        max: 12,
        onConnect: (client) => client.query(`SET TIME ZONE 'UTC'`),
      },
      { onPoolError: ignore, onConnectionError: ignore },
    )
    // the library's own 2 s and 5 s are short for a machine that is busy: a picture that came back must still be kept
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 30_000 } })
  })

/** PostgreSQL said that a unique constraint forbids the row (Prisma's P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}

const GONE =
  /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|terminat|shutting down|starting up|not yet accepting|Connection|timeout exceeded|server login has been failing|query_wait_timeout/i
const original = z.object({ originalCode: z.unknown() }).partial()
const prismaError = z
  .object({
    code: z.unknown(),
    cause: original,
    meta: z.object({ driverAdapterError: z.object({ cause: original }).partial() }).partial(),
  })
  .partial()

/** Classes of PostgreSQL's own codes: the connection, shutting down and starting up, too many connections. */
const GONE_STATES = /^(08...|57P0[1-5]|53300)$/
const GONE_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']

/** Whether the database could not be reached or cut the connection, as opposed to refusing a statement. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && GONE_CODES.includes(String(error.code))) return true
  if (GONE_STATES.test(sqlState(error))) return true
  if (isAboutValues(error)) return false
  return GONE.test(error.message) || (error.cause !== undefined && isDatabaseGone(error.cause))
}

/** A statement that was refused for its values, or a file: the message may hold any word. */
function isAboutValues(error: Error): boolean {
  if (error.name === 'PrismaClientValidationError') return true
  if ('syscall' in error && 'path' in error) return error.syscall !== 'connect'
  return 'code' in error && /^P2\d{3}$/.test(String(error.code)) && error.code !== 'P2010'
}

/** PostgreSQL's code of five characters, from the driver's error or from what Prisma made of it. */
function sqlState(error: Error): string {
  const parsed = prismaError.safeParse(error)
  const cause = parsed.data?.meta?.driverAdapterError?.cause ?? parsed.data?.cause
  return String(cause?.originalCode ?? parsed.data?.code ?? '')
}
