import 'server-only'
import path from 'node:path'
import { DAY_MS } from '@/lib/platform/durations'
import { READER_VERSION } from '@/lib/upstream/answer'

const KEPT_DAYS = 30

/** What a row says of an answer that was not read whole: where it lies, how long, and who could not read it. */
export function keptAnswer(spool: string, read: { isDiskFull: boolean }) {
  return {
    spool: path.basename(spool),
    spoolUntil: new Date(Date.now() + KEPT_DAYS * DAY_MS),
    ...readBy(read),
  }
}

export const NOT_KEPT = { spool: null, spoolUntil: null, spoolReader: null }

/** Images that no disk took are read again by the same version. */
export function readBy({ isDiskFull }: { isDiskFull: boolean }) {
  return { spoolReader: isDiskFull ? null : READER_VERSION }
}
