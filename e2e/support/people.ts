import { POST as authenticate, GET as askAuth } from '@/app/api/auth/[...nextauth]/route'
import { inRequestScope } from '@/e2e/support/request-scope'
import type { Role } from '@/lib/access/roles'
import { hashPassword } from '@/lib/account/password'
import { db } from '@/lib/platform/db'
import { createTeam } from '@/lib/teams/create'

export const PASSWORD = 'persimmon under the eaves'
export const ORIGIN = 'http://127.0.0.1:3000'

export type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>

let hashed: Promise<string> | undefined
let serial = 0

export type Person = { id: string; email: string; name: string }
export type TestTeam = { id: string; slug: string; owner: Person }

/** A person who can sign in with `PASSWORD`. */
export async function makePerson(name = 'Person'): Promise<Person> {
  hashed ??= hashPassword(PASSWORD)
  serial += 1
  const email = `${name.toLowerCase()}-${serial}-${crypto.randomUUID().slice(0, 8)}@example.test`
  const data = { email, name, passwordHash: await hashed }
  return db().user.create({ data, select: { id: true, email: true, name: true } })
}

/** A team of its own with its owner. */
export async function makeTeam(name = 'Team'): Promise<TestTeam> {
  const owner = await makePerson('Owner')
  const { id, slug } = await db().$transaction((tx) =>
    createTeam(tx, { name: `${name} ${serial}`, ownerId: owner.id }),
  )
  return { id, slug, owner }
}

/** A new person who is a member of the team with this role. */
export async function makeMember(teamId: string, role: Role): Promise<Person> {
  const person = await makePerson(role)
  await db().membership.create({ data: { teamId, userId: person.id, role } })
  return person
}

export type CallOptions = {
  method?: string
  cookie?: string
  key?: string
  team?: string
  body?: unknown
  headers?: Record<string, string>
  params?: Record<string, string | string[]>
}

/** Calls a route handler as the server would: JSON in, our own Origin with a cookie unless `headers` says otherwise. */
export function call(handler: Handler, path: string, options: CallOptions = {}): Promise<Response> {
  const { method = 'GET', cookie, key, team, body, headers = {}, params = {} } = options
  const sent = new Headers({ host: '127.0.0.1:3000' })
  if (cookie) sent.set('cookie', cookie)
  if (method !== 'GET') sent.set('origin', ORIGIN)
  if (key) sent.set('x-api-key', key)
  if (team) sent.set('x-studio-team', team)
  if (body !== undefined) sent.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(headers)) {
    if (value) sent.set(name, value)
    else sent.delete(name)
  }
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers: sent,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return inRequestScope(request, () => handler(request, { params: Promise.resolve(params) }))
}

/** What a browser keeps of the Set-Cookie headers, as a Cookie header. */
export function cookiesFrom(response: Response, before = ''): string {
  const kept = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair]),
  )
  for (const cookie of response.headers.getSetCookie()) {
    const pair = cookie.split(';')[0] ?? ''
    kept.set(pair.split('=')[0] ?? '', pair)
  }
  return [...kept.values()].join('; ')
}

type From = { cookie?: string; headers?: Record<string, string> }

/** Posts to next-auth's credentials callback as its own client does. */
export const trySignIn = (given: { email: string; password: string }, from: From = {}) =>
  tryProvider('credentials', given, from)

/** The same to the callback of any provider with a form of ours. */
export async function tryProvider(
  provider: 'credentials' | 'mail-link' | 'second-factor' | 'passkey',
  given: Record<string, string>,
  { cookie = '', headers = {} }: From = {},
): Promise<Response> {
  const asked = await call(askAuth, '/api/auth/csrf', { cookie, headers, params: { nextauth: ['csrf'] } })
  const { csrfToken } = await asked.json()
  return call(authenticate, `/api/auth/callback/${provider}`, {
    method: 'POST',
    cookie: cookiesFrom(asked, cookie),
    params: { nextauth: ['callback', provider] },
    body: { ...given, csrfToken, json: 'true' },
    headers,
  })
}

/** Signs in and returns the browser's cookies. */
export async function signInAs(person: Pick<Person, 'email'>, cookie = ''): Promise<string> {
  const response = await trySignIn({ email: person.email, password: PASSWORD }, { cookie })
  if (response.status !== 200) throw new Error(`Sign-in answered ${response.status}.`)
  return cookiesFrom(response, cookie)
}
