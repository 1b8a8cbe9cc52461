import 'server-only'
import { isIP } from 'node:net'

/** Where passkeys belong: the host that they are bound to for good (WebAuthn's RP id), and the origin of its pages. */
export type PasskeyPlace = { rpId: string; origin: string }

type Asked = {
  /** The `Host` header. */
  host: string | null
  isHttps: boolean
  /** STUDIO_URL, when set: the one place that counts. */
  studioUrl: string | undefined
}

/** Null where browsers offer no passkeys: at a bare IP address, and without https anywhere but at localhost. */
export function passkeyPlace({ host, isHttps, studioUrl }: Asked): PasskeyPlace | null {
  const address = studioUrl ?? `${isHttps ? 'https' : 'http'}://${host}`
  if (!URL.canParse(address)) return null
  const { hostname, origin, protocol } = new URL(address)
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  return protocol === 'https:' || hostname === 'localhost' ? { rpId: hostname, origin } : null
}
