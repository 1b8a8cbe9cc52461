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
    return new PrismaClient({ adapter })
  })
