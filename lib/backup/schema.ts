import { z } from 'zod'

const BACKUP_STATES = ['off', 'waiting', 'ok', 'late'] as const
export type BackupState = (typeof BACKUP_STATES)[number]

/** How the backups stand. `waiting`: none was made yet, and none failed. */
export const backupStatusResource = z.object({
  state: z.enum(BACKUP_STATES),
  isRunning: z.boolean(),
  /** When each day one is made (HH:MM), in which time zone, and how many are kept. */
  schedule: z.object({ at: z.string(), timeZone: z.string(), keep: z.number() }),
  last: z
    .object({
      at: z.iso.datetime(),
      databaseBytes: z.number(),
      fileCount: z.number(),
      fileBytes: z.number(),
      newBytes: z.number(),
      /** Files that were missing or damaged here and are not in it. */
      lostCount: z.number(),
    })
    .nullable(),
  /** Of the last attempt, if it failed. */
  problem: z.object({ at: z.iso.datetime(), sentence: z.string() }).nullable(),
})
export type BackupStatus = z.infer<typeof backupStatusResource>
