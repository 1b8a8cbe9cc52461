import 'server-only'
import { cameByHttps } from '@/lib/access/address'
import { env } from '@/lib/platform/env'

/** Where messengers find the card: STUDIO_URL, else the address that this request itself used. */
export function siteOrigin(headers: Headers): string {
  const { STUDIO_URL } = env()
  if (STUDIO_URL) return new URL(STUDIO_URL).origin
  const address = `${cameByHttps(headers) ? 'https' : 'http'}://${headers.get('host')}`
  return URL.canParse(address) ? new URL(address).origin : 'http://localhost'
}
