import 'server-only'
import { randomUUID } from 'node:crypto'
import { db } from '@/lib/platform/db'
import { shared } from '@/lib/platform/shared'

/** Names this process in the database: owner of leases, writer of its mark in the data directory. */
export const processId = (): string => shared('process.id', randomUUID)

/** The name of a process's LISTEN connection, by which others see that it lives: it vanishes with the process. */
export function connectionName(isDispatcher: boolean): string {
  return `studio-${isDispatcher ? 'dispatcher' : 'web'}-${processId()}`
}

/** Which processes are connected right now. A kill -9 ends the connection, so the dead are not among them. */
export async function livingProcesses(): Promise<{
  ids: Set<string>
  hasDispatcher: boolean
  dispatchers: number
}> {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT application_name AS name FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'studio-%'`
  const ids = new Set(rows.map(({ name }) => name.replace(/^studio-(dispatcher|web)-/, '')))
  const dispatchers = rows.filter(({ name }) => name.startsWith('studio-dispatcher-')).length
  return { ids, hasDispatcher: dispatchers > 0, dispatchers }
}
