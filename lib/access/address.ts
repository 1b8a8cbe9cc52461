import 'server-only'
import { networkOf } from '@/lib/access/network'
import { env } from '@/lib/platform/env'

/**
 * The network of who asks (an IPv4 address, or the /64 of an IPv6 one). Behind a proxy that we trust (TRUST_PROXY) it
 * is what the nearest proxy saw: the last entry, as everything before it can be invented. Without one, the server
 * writes the socket's own address there.
 */
export function clientNetwork(headers: Headers): string {
  const chain = headers.get('x-forwarded-for')?.split(',') ?? []
  return networkOf(chain.at(-1) ?? '') ?? (env().TRUST_PROXY === 'on' ? 'unknown' : 'local')
}

/** Whether the visitor's browser spoke https, as a proxy that we trust says (`X-Forwarded-Proto`). */
export function cameByHttps(headers: Headers): boolean {
  if (env().TRUST_PROXY !== 'on') return false
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() === 'https'
}
