import 'server-only'
import { backUp } from '@/lib/backup/server'
import { startLoop, type Background } from '@/lib/platform/background-loop'
import { db } from '@/lib/platform/db'
import { HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'

const LOOK_MS = 60_000
/** One that failed is tried again after this time. */
const RETRY_MS = HOUR_MS

/** Makes a backup each day; one that was missed while the studio did not run is made up for. Any number of processes may run it. */
export function startBackups(): Background {
  return startLoop({
    name: 'backup',
    waitMs: LOOK_MS,
    work: (signal) => backUpWhenDue({ isStopping: () => signal.aborted }),
  })
}

export async function backUpWhenDue({
  isStopping,
  now = new Date(),
}: {
  isStopping: () => boolean
  now?: Date
}) {
  const { BACKUP_DIR: address, BACKUP_KEEP: keep } = env()
  const isWanted = () => isDue(now)
  if (!address || !(await isWanted())) return
  const made = await backUp({ address, keep, isStopping, isWanted })
  if (made)
    log.info('backup.made', { name: made.name, lost: made.lost.length, newBytes: made.total.newBytes })
}

/** Whether no backup has been made since the last moment for one, and none failed within the hour. */
async function isDue(now: Date): Promise<boolean> {
  const { BACKUP_AT: at, STUDIO_TIME_ZONE: zone } = env()
  const [row] = await db().$queryRaw<{ isDue: boolean }[]>`
    SELECT NOT EXISTS (
      SELECT FROM "Backup"
      WHERE ("name" IS NOT NULL AND "startedAt" >= (
          date_trunc('day', (${now}::timestamptz AT TIME ZONE ${zone}) - ${at}::interval) + ${at}::interval
        ) AT TIME ZONE ${zone})
        OR ("endedAt" IS NOT NULL AND "name" IS NULL AND "startedAt" > ${new Date(now.getTime() - RETRY_MS)}::timestamptz)
    ) AS "isDue"`
  return row?.isDue ?? false
}
