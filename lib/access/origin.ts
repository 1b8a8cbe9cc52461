const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The `Host` header and STUDIO_URL: where the studio was asked, and where it says it is. */
export type OwnAddress = { host: string | null; studioUrl: string | undefined }

type Place = {
  /** The `Origin` header. */
  origin: string | null
  /** The `Sec-Fetch-Site` header, asked only when there is no `Origin`. */
  fetchSite: string | null
  /** The `Host` header. */
  host: string | null
  /** STUDIO_URL, when set: the one place that counts. */
  studioUrl: string | undefined
}

/**
 * Whether a request that carries a cookie was made by a page of this studio. Every current browser says where a
 * POST comes from; a request that says nothing is refused (programs use API keys).
 */
export function isFromOurPage({ origin, fetchSite, host, studioUrl }: Place): boolean {
  if (origin === null) return fetchSite === 'same-origin'
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  if (studioUrl) return from.origin === new URL(studioUrl).origin
  const here = `${from.protocol}//${host}`
  return URL.canParse(here) && isSamePlace(from, new URL(here))
}

function isSamePlace(one: URL, other: URL): boolean {
  if (one.host === other.host) return true
  return one.port === other.port && loopback.has(one.hostname) && loopback.has(other.hostname)
}

/** Whether the `Host` header names this machine itself: a foreign name here means DNS rebinding. */
export function isLoopbackHost(host: string | null): boolean {
  const here = `http://${host}`
  return URL.canParse(here) && loopback.has(new URL(here).hostname)
}

/** Whether a server that listens on this address or name is reached from this machine alone. */
export const isLoopbackAddress = (address: string) =>
  isLoopbackHost(address.includes(':') ? `[${address}]` : address)
