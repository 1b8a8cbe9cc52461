import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { shared } from '@/lib/platform/shared'

type RequestContext = { id: string }

const storage = () => shared('request-context', () => new AsyncLocalStorage<RequestContext>())

/** Everything that `work` begins knows the request's id, however late it writes a line. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage().run(context, work)
}

/** The id of the request for which this code runs; undefined beside requests. */
export const currentRequestId = (): string | undefined => storage().getStore()?.id
