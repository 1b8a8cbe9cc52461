import 'server-only'
import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { hasSecureCookies, readCookie } from '@/lib/access/session'
import { keyFor, seal, unseal } from '@/lib/platform/secret'

const COOKIE = 'studio-device'
const MOST_PEOPLE = 8
const YEAR_S = 365 * 86_400

const shape = z.object({ id: z.uuid(), people: z.array(z.string()) })
type Device = z.infer<typeof shape>

/** The browser's own id when this person has signed in from it before; null for a browser they never used. */
export function findDevice(headers: Headers, email: string): string | null {
  const device = read(headers)
  return device?.people.includes(mark(email)) ? device.id : null
}

/** The Set-Cookie value that lets this browser be known as one of the person's, from now on. */
export function deviceCookie(headers: Headers, email: string): string {
  const known = read(headers) ?? { id: randomUUID(), people: [] }
  const people = [mark(email), ...known.people.filter((person) => person !== mark(email))].slice(
    0,
    MOST_PEOPLE,
  )
  const value = Buffer.from(seal('device', JSON.stringify({ id: known.id, people }))).toString('base64url')
  const secure = hasSecureCookies(headers) ? '; Secure' : ''
  return `${COOKIE}=${value}; Path=/api/auth; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure}`
}

function read(headers: Headers): Device | null {
  const opened = unseal('device', Buffer.from(readCookie(headers, COOKIE) ?? '', 'base64url'))
  return opened ? (shape.safeParse(JSON.parse(opened)).data ?? null) : null
}

const mark = (email: string) =>
  createHmac('sha256', keyFor('device')).update(email).digest('base64url').slice(0, 22)
