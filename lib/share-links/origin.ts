import 'server-only'
import { env } from '@/lib/env'

/** Where messengers find the card: STUDIO_URL, else the address that this request itself used. */
export function siteOrigin(headers: Headers): string {
  const { STUDIO_URL, TRUST_PROXY } = env()
  if (STUDIO_URL) return new URL(STUDIO_URL).origin
  const scheme = (TRUST_PROXY === 'on' && headers.get('x-forwarded-proto')) || 'http'
  const address = `${scheme}://${headers.get('host')}`
  return URL.canParse(address) ? new URL(address).origin : 'http://localhost'
}
