import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { shared } from '@/lib/platform/shared'

type RequestContext = { id: string; wasDatabaseAway?: boolean }

const storage = () => shared('request-context', () => new AsyncLocalStorage<RequestContext>())

/** Everything that `work` begins knows the request's id, however late it writes a line. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage().run(context, work)
}

/** The id of the request for which this code runs; undefined beside requests. */
export const currentRequestId = (): string | undefined => storage().getStore()?.id

/** Remembers for the rest of the request that the database went while it was answered. */
export function noteDatabaseAway(): void {
  const context = storage().getStore()
  if (context) context.wasDatabaseAway = true
}

export const wasDatabaseAway = (): boolean => storage().getStore()?.wasDatabaseAway ?? false
