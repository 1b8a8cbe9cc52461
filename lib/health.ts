import 'server-only'
import { db } from '@/lib/db'
import { livingProcesses } from '@/lib/process'
import { hasRoomFor, isFileMissing, requireFile } from '@/lib/storage'
import { currentAccountId, upstream } from '@/lib/upstream/server'

const LIMIT_MS = 2_000
const NEWEST = 8

/** Whether the studio can do its work. `down` is the database; everything else leaves people able to look. */
export type Health = {
  status: 'ok' | 'down'
  database: 'ok' | 'down'
  dispatcher: 'ok' | 'none' | 'unknown'
  storage: 'ok' | 'full'
  /** `missing`: the file of an image is not where its row says; the log names it. */
  files: 'ok' | 'missing' | 'unknown'
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
      files: 'unknown',
      upstream: { kind, problem: null },
    }
  return {
    status: 'ok',
    database: 'ok',
    dispatcher: seen.dispatcher,
    storage,
    files: seen.files,
    upstream: { kind, problem: seen.problem },
  }
}

async function look() {
  const { hasDispatcher } = await livingProcesses()
  const where = { id: await currentAccountId() }
  const account = await db().upstreamAccount.findUnique({ where, select: { keyProblem: true } })
  await lookAtNewestFiles()
  return {
    dispatcher: hasDispatcher ? ('ok' as const) : ('none' as const),
    files: (await isFileMissing()) ? ('missing' as const) : ('ok' as const),
    problem: account?.keyProblem ?? null,
  }
}

/** So that a lost mount is noticed without anybody asking for a picture, whichever process is asked. */
async function lookAtNewestFiles(): Promise<void> {
  const select = { teamId: true, sha256: true, sizeBytes: true } as const
  const blobs = await db().blob.findMany({ orderBy: { id: 'desc' }, take: NEWEST, select })
  await Promise.allSettled(blobs.map((blob) => requireFile(blob.teamId, blob)))
}

/** Null when it failed or took too long: a health check must answer when the database does not. */
function withinLimit<T>(promise: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), LIMIT_MS).unref())
  return Promise.race([promise.catch(() => null), late])
}
