import 'server-only'
import { env } from '@/lib/env'

/**
 * The network address of who asks. Behind a proxy that we trust (TRUST_PROXY) it is what the nearest proxy saw: the
 * last entry, as everything before it can be invented. Without one, the server writes the socket's own address there.
 */
export function clientAddress(headers: Headers): string {
  const chain = headers.get('x-forwarded-for')?.split(',') ?? []
  const nearest = chain.at(-1)?.trim()
  return nearest || (env().TRUST_PROXY === 'on' ? 'unknown' : 'local')
}
