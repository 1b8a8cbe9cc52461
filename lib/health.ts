import 'server-only'
import { db } from '@/lib/db'
import { livingProcesses } from '@/lib/process'
import { hasRoomFor } from '@/lib/storage'
import { currentAccountId, upstream } from '@/lib/upstream/server'

const LIMIT_MS = 2_000

/** Whether the studio can do its work. `down` is the database; everything else leaves people able to look. */
export type Health = {
  status: 'ok' | 'down'
  database: 'ok' | 'down'
  dispatcher: 'ok' | 'none' | 'unknown'
  storage: 'ok' | 'full'
  upstream: { kind: 'sandbox' | 'flamel'; problem: string | null }
}

export async function getHealth(): Promise<Health> {
  const { kind } = upstream()
  const storage = (await hasRoomFor(1)) ? 'ok' : 'full'
  const seen = await withinLimit(look())
  if (!seen)
    return {
      status: 'down',
      database: 'down',
      dispatcher: 'unknown',
      storage,
      upstream: { kind, problem: null },
    }
  return {
    status: 'ok',
    database: 'ok',
    dispatcher: seen.dispatcher,
    storage,
    upstream: { kind, problem: seen.problem },
  }
}

async function look() {
  const { hasDispatcher } = await livingProcesses()
  const where = { id: await currentAccountId() }
  const account = await db().upstreamAccount.findUnique({ where, select: { keyProblem: true } })
  return {
    dispatcher: hasDispatcher ? ('ok' as const) : ('none' as const),
    problem: account?.keyProblem ?? null,
  }
}

/** Null when it failed or took too long: a health check must answer when the database does not. */
function withinLimit<T>(promise: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), LIMIT_MS).unref())
  return Promise.race([promise.catch(() => null), late])
}
