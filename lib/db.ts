import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
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

/** The process's Prisma client. Sessions run in UTC: otherwise `timestamptz` comparisons shift with the server's zone. */
export const db = (): Db =>
  shared('db', () => {
    const adapter = new PrismaPg({ connectionString: databaseUrl(), options: '-c TimeZone=UTC', max: 12 })
    // the library's own 2 s and 5 s are short for a machine that is busy: a picture that came back must still be kept
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 30_000 } })
  })

/** PostgreSQL said that a unique constraint forbids the row (Prisma's P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}

const GONE =
  /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|terminat|shutting down|starting up|Connection|timeout exceeded/i
const GONE_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']

/** Whether the database could not be reached or cut the connection, as opposed to refusing a statement. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && GONE_CODES.includes(String(error.code))) return true
  if (isAboutValues(error)) return false
  return GONE.test(error.message) || (error.cause !== undefined && isDatabaseGone(error.cause))
}

/** A statement that was refused for its values, or a file: the message may hold any word. */
function isAboutValues(error: Error): boolean {
  if (error.name === 'PrismaClientValidationError') return true
  if ('syscall' in error && 'path' in error) return error.syscall !== 'connect'
  return 'code' in error && /^P2\d{3}$/.test(String(error.code)) && error.code !== 'P2010'
}
