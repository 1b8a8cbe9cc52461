import 'server-only'
import { z } from 'zod'
import { hasSecureCookies, readCookie } from '@/lib/access/session'
import { seal, unseal } from '@/lib/platform/secret'

type Kind<T> = { name: string; path: string; maxAgeS: number; shape: z.ZodType<T> }

export type SealedCookie<T> = {
  /** What this browser was given less than `maxAgeS` ago, or null. */
  read: (headers: Headers) => T | null
  /** The Set-Cookie value that keeps `value`. */
  keep: (headers: Headers, value: T) => string
  /** The Set-Cookie value that takes it away. */
  drop: (headers: Headers) => string
}

/** A short-lived cookie that only the studio can read and write. */
export function sealedCookie<T>({ name, path, maxAgeS, shape }: Kind<T>): SealedCookie<T> {
  const dated = z.object({ until: z.number(), value: z.unknown() })
  const cookie = (headers: Headers, value: string, ageS: number) =>
    `${name}=${value}; Path=${path}; Max-Age=${ageS}; HttpOnly; SameSite=Lax${hasSecureCookies(headers) ? '; Secure' : ''}`
  return {
    read: (headers) => {
      const opened = unseal(name, Buffer.from(readCookie(headers, name) ?? '', 'base64url'))
      const kept = opened ? dated.safeParse(JSON.parse(opened)).data : undefined
      return kept && kept.until > Date.now() ? (shape.safeParse(kept.value).data ?? null) : null
    },
    keep: (headers, value) => {
      const text = JSON.stringify({ until: Date.now() + maxAgeS * 1000, value })
      return cookie(headers, Buffer.from(seal(name, text)).toString('base64url'), maxAgeS)
    },
    drop: (headers) => cookie(headers, '', 0),
  }
}
