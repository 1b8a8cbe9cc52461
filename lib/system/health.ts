import 'server-only'
import type { BackupState } from '@/lib/backup/schema'
import { getBackupState } from '@/lib/backup/status'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { isOwnDirectory, lookAtNewest } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { isDraining } from '@/lib/platform/draining'
import { env } from '@/lib/platform/env'
import { isLive } from '@/lib/platform/events'
import { livingProcesses } from '@/lib/platform/process'
import { blobStore, isFileMissing, objectStore } from '@/lib/platform/storage'
import { shared } from '@/lib/platform/shared'
import { withinTime } from '@/lib/platform/time-limit'
import { serverConnection, UNREADABLE } from '@/lib/upstream/server'
import { hasRoomFor } from '@/lib/upstream/spool'

const LIMIT_MS = 2_000
const NEWEST = 8

/** Beyond what a call, or the wait for images that were promised for later, may take. */
const STUCK_AFTER_S = { sending: 120, pending: 15 * 60 }

/**
 * Whether the studio can do its work. `down` is the database; everything else leaves people able to look. `degraded`:
 * something has not ended that should have, and holds a slot, or two backups in a row were missed.
 */
export type Health = {
  status: 'ok' | 'degraded' | 'down'
  database: 'ok' | 'down'
  dispatcher: 'ok' | 'none' | 'unknown'
  /** How many are under way for longer than anything may take. */
  stuckGenerations: number
  /** `full`: an answer would find no place on the disk. `unreachable`: the object store takes nothing now. */
  storage: 'ok' | 'full' | 'unreachable'
  /** `missing`: the file of an image is not where its row says; the log names it. */
  files: 'ok' | 'missing' | 'unknown'
  /** `late`: the last good one is older than two days, or there is none although one was tried. */
  backup: BackupState | 'unknown'
  /** What teams use that have chosen nothing else; the kind is null while nobody can be asked. */
  upstream: { kind: 'sandbox' | 'flamel' | null; problem: string | null }
}

export async function getHealth(): Promise<Health> {
  const [storage, seen] = await Promise.all([lookAtStorage(), withinLimit(look())])
  if (!seen)
    return {
      status: 'down',
      database: 'down',
      dispatcher: 'unknown',
      stuckGenerations: 0,
      storage,
      files: 'unknown',
      backup: 'unknown',
      upstream: { kind: null, problem: null },
    }
  return {
    status: seen.stuckGenerations > 0 || seen.backup === 'late' ? 'degraded' : 'ok',
    database: 'ok',
    dispatcher: seen.dispatcher,
    stuckGenerations: seen.stuckGenerations,
    storage,
    files: storage === 'unreachable' ? 'unknown' : await lookAtFiles(),
    backup: seen.backup,
    upstream: seen.upstream,
  }
}

async function look() {
  const { hasDispatcher } = await livingProcesses()
  const { accountId, kind, apiKey } = await serverConnection()
  const account = await db().upstreamAccount.findUnique({
    where: { id: accountId },
    select: { keyProblem: true },
  })
  const claimedBefore = (seconds: number) => ({
    claimedAt: { lt: new Date(Date.now() - (env().FLAMEL_TIMEOUT_S + seconds) * 1_000) },
  })
  const stuckGenerations = await db().generation.count({
    where: {
      OR: [
        { status: 'sending', ...claimedBefore(STUCK_AFTER_S.sending) },
        { status: 'pending', ...claimedBefore(STUCK_AFTER_S.pending) },
      ],
    },
  })
  return {
    dispatcher: hasDispatcher ? ('ok' as const) : ('none' as const),
    backup: await getBackupState(),
    upstream: { kind, problem: apiKey === null ? UNREADABLE : (account?.keyProblem ?? null) },
    stuckGenerations,
  }
}

async function lookAtStorage(): Promise<Health['storage']> {
  if (objectStore() && (await withinLimit(blobStore().room())) !== Number.MAX_SAFE_INTEGER)
    return 'unreachable'
  return (await hasRoomFor(1)) ? 'ok' : 'full'
}

/** A lost mount or a bucket that was emptied is noticed without anybody asking for an image. */
async function lookAtFiles(): Promise<Health['files']> {
  const isMissing = await withinLimit(lookAtNewest(NEWEST).then(isFileMissing))
  if (isMissing === null) return 'unknown'
  return isMissing ? 'missing' : 'ok'
}

/** Whether this process can take requests, and if not, why. `storage`: `full` and `unreachable` still let people look. */
export type Readiness = {
  status: 'ready' | 'draining' | 'not_ready'
  database: 'ok' | 'down'
  /** Whether what the database announces is heard (LISTEN). */
  announcements: 'ok' | 'lost'
  migrations: 'done' | 'missing' | 'unknown'
  storage: Health['storage'] | 'away' | 'unknown'
}

export async function getReadiness(): Promise<Readiness> {
  const announcements = isLive() ? 'ok' : 'lost'
  const [seen, store] = await Promise.all([withinLimit(lookAtParts()), withinLimit(lookAtStorage())])
  if (!seen)
    return {
      ...{ status: isDraining() ? 'draining' : 'not_ready', database: 'down', announcements },
      ...{ migrations: 'unknown', storage: 'unknown' },
    }
  const storage = seen.isOwnDirectory ? (store ?? 'unknown') : 'away'
  const migrations = seen.isMigrated ? 'done' : 'missing'
  const isWhole = announcements === 'ok' && seen.isMigrated && seen.isOwnDirectory
  const status = isDraining() ? 'draining' : isWhole ? 'ready' : 'not_ready'
  return { status, database: 'ok', announcements, migrations, storage }
}

async function lookAtParts() {
  const [isMigrated, isOwn] = await Promise.all([isDatabaseMigrated(), isOwnDirectory()])
  return { isMigrated, isOwnDirectory: isOwn }
}

/** Whether every migration that this program knows is there; of one that is, nothing more is asked than whether it answers. */
async function isDatabaseMigrated(): Promise<boolean> {
  const known = shared('health.migrations', () => ({ areDone: false }))
  const applied = known.areDone
    ? await db().$queryRaw<{ name: string }[]>`SELECT 'none' AS name`
    : await db().$queryRaw<{ name: string }[]>`
        SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`
  if (known.areDone) return true
  const entries = await readdir(path.join(process.cwd(), 'prisma', 'migrations'), { withFileTypes: true })
  const names = new Set(applied.map(({ name }) => name))
  known.areDone = entries.every((entry) => !entry.isDirectory() || names.has(entry.name))
  return known.areDone
}

/** Null when it failed or took too long: a health check must answer when the database does not. */
function withinLimit<T>(promise: Promise<T>): Promise<T | null> {
  return withinTime(
    LIMIT_MS,
    promise.catch(() => null),
  )
}
