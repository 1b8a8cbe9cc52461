import 'server-only'
import type { BackupState, BackupStatus } from '@/lib/backup/schema'
import { isBackupRunning } from '@/lib/platform/backup-lock'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'

/** Two schedules: one that was missed is no alarm yet. */
const LATE_MS = 2 * DAY_MS

export async function getBackupStatus(now = Date.now()): Promise<BackupStatus> {
  const { BACKUP_AT, BACKUP_KEEP, STUDIO_TIME_ZONE } = env()
  const { last, first, latest } = await readAttempts()
  const isRunning = await isBackupRunning(db())
  return {
    state: stateOf({ goodAt: last?.startedAt, triedAt: first?.startedAt, now }),
    isRunning,
    schedule: { at: BACKUP_AT, timeZone: STUDIO_TIME_ZONE, keep: BACKUP_KEEP },
    last: last && {
      at: last.startedAt.toISOString(),
      databaseBytes: Number(last.databaseBytes),
      fileCount: last.fileCount,
      fileBytes: Number(last.fileBytes),
      newBytes: Number(last.newBytes),
      lostCount: last.lostCount,
    },
    problem: latest?.problem ? { at: latest.startedAt.toISOString(), sentence: latest.problem } : null,
  }
}

/** The same in a word, for the health check. */
export async function getBackupState(now = Date.now()): Promise<BackupState> {
  const { last, first } = await readAttempts()
  return stateOf({ goodAt: last?.startedAt, triedAt: first?.startedAt, now })
}

async function readAttempts() {
  const [last, first, latest] = await Promise.all([
    db().backup.findFirst({ where: { name: { not: null } }, orderBy: { startedAt: 'desc' } }),
    db().backup.findFirst({ where: { endedAt: { not: null } }, orderBy: { startedAt: 'asc' } }),
    db().backup.findFirst({ where: { endedAt: { not: null } }, orderBy: { startedAt: 'desc' } }),
  ])
  return { last, first, latest }
}

function stateOf({ goodAt, triedAt, now }: { goodAt?: Date; triedAt?: Date; now: number }): BackupState {
  if (!env().BACKUP_DIR) return 'off'
  if (goodAt) return now - goodAt.getTime() > LATE_MS ? 'late' : 'ok'
  return triedAt ? 'late' : 'waiting'
}
