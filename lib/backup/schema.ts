export type BackupState = 'off' | 'waiting' | 'ok' | 'late'

/** How the backups stand. `waiting`: none was made yet, and none failed. */
export type BackupStatus = {
  state: BackupState
  isRunning: boolean
  /** When each day one is made (HH:MM), in which time zone, and how many are kept. */
  schedule: { at: string; timeZone: string; keep: number }
  last: {
    at: string
    databaseBytes: number
    fileCount: number
    fileBytes: number
    newBytes: number
    /** Files that were missing or damaged here and are not in it. */
    lostCount: number
  } | null
  /** Of the last attempt, if it failed. */
  problem: { at: string; sentence: string } | null
}
