import 'server-only'
import { hasSecureCookies, readCookie } from '@/lib/access/session'

const COOKIE = 'studio-pending-sign-in'
const MAX_AGE_S = 5 * 60

/**
 * The Set-Cookie value of a half-done sign-in: who it is was proven once, the second factor not yet. It opens nothing,
 * and only /api/auth is sent it.
 */
export const pendingCookie = (headers: Headers, token: string) => cookie(headers, token, MAX_AGE_S)

export const noPendingCookie = (headers: Headers) => cookie(headers, '', 0)

export const readPendingToken = (headers: Headers): string | null => readCookie(headers, COOKIE)

function cookie(headers: Headers, value: string, maxAgeS: number): string {
  const secure = hasSecureCookies(headers) ? '; Secure' : ''
  return `${COOKIE}=${value}; Path=/api/auth; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`
}
