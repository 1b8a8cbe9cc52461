import { beforeAll, describe, expect, test } from 'vitest'
import { rows } from '@/e2e/support/authorization'
import type { Row } from '@/e2e/support/authorization-row'
import type { Team } from '@/e2e/support/resource-factories'
import { openRoutes } from '@/e2e/support/open-routes'
import { loadHandlers } from '@/e2e/support/handlers'
import {
  call,
  makeMember,
  makeTeam,
  PASSWORD,
  signInAs,
  type CallOptions,
  type Handler,
  type Person,
} from '@/e2e/support/people'
import { isAtLeast, ROLES, SCOPES, type Role, type Scope } from '@/lib/access/roles'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { newToken, tokenHash } from '@/lib/platform/secret'

/** What browsers say of a request that another site's page makes; the last three come from no page that says who it is. */
const FOREIGN: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { origin: 'null' },
  { origin: '', 'sec-fetch-site': 'cross-site' },
  { origin: '', 'sec-fetch-site': 'same-site' },
  { origin: '' },
]
type Who = { userId: string; by: Pick<CallOptions, 'cookie' | 'key' | 'team' | 'headers'> }

let handlers: Map<string, Handler>
let team: Team
let stranger: { person: Person; cookie: string }
const people = new Map<Role, { person: Person; cookie: string }>()

beforeAll(async () => {
  env().SANDBOX_PORT = 1 // nothing listens there
  env().FLAMEL_API_URL = 'http://127.0.0.1:1'
  handlers = await loadHandlers('api')
  const made = await makeTeam()
  team = { ...made, maker: (await makeMember(made.id, 'member')).id }
  for (const role of ROLES) {
    const person = role === 'owner' ? made.owner : await makeMember(made.id, role)
    people.set(role, { person, cookie: await signInAs(person) })
  }
  const { owner } = await makeTeam('Other')
  stranger = { person: owner, cookie: await signInAs(owner) }
}, 60_000)

test('every route has a row that says who may', () => {
  const known = new Set([...rows.map(({ route }) => route), ...openRoutes])
  expect([...handlers.keys()].filter((route) => !known.has(route))).toEqual([])
  expect([...known].filter((route) => !handlers.has(route))).toEqual([])
})

test('whose answer nobody sees here, and an image it may be, is said to have one', () => {
  const unseen = rows.filter(({ route, ok }) => route.startsWith('GET') && ok === 404)
  expect(unseen.filter(({ hasImage }) => !hasImage)).toEqual([])
})

describe.each(rows.map((row): [string, Row] => [row.isOwn ? `${row.route} (own)` : row.route, row]))(
  '%s',
  (_, row) => {
    test('nobody who is not signed in', async () =>
      expect(await ask(row, { userId: team.maker, by: {} })).toBe(401))

    test('nobody of another team, neither by naming this one nor by knowing the id', async () => {
      const { person, cookie } = stranger
      if (!row.isForPeople)
        expect(await ask(row, { userId: person.id, by: { cookie, team: team.slug } })).toBe(
          row.stranger ?? 404,
        )
      if (row.thing && !row.isOwn && !row.isForPeople && !row.stranger)
        expect(await ask(row, { userId: person.id, by: { cookie } })).toBe(404)
    })

    test.each(ROLES)('%s as the row says', async (role) => {
      const expected = isAtLeast(role, row.least) ? row.ok : 403
      expect(await ask(row, as(role))).toBe(expected)
    })

    test('a key with the scope may, one without it may not', async () => {
      const others = SCOPES.filter((scope) => scope !== row.scope)
      expect(await ask(row, await byKey(others))).toBe(row.isForPeople ? keyRefusal(row) : 403)
      const all = await ask(row, await byKey(SCOPES))
      expect(all).toBe(row.isForPeople ? keyRefusal(row) : row.refusesKeys ? 403 : row.ok)
    })

    test('not a session that ended, nor a key that was revoked', async () => {
      expect(await ask(row, await byEndedSession())).toBe(401)
      expect(await ask(row, await byKey(SCOPES, { revokedAt: new Date() }))).toBe(401)
    })

    if (row.route.startsWith('GET')) return
    test('not a page of another site', async () => {
      const { userId, by } = as('owner')
      for (const headers of FOREIGN) expect(await ask(row, { userId, by: { ...by, headers } })).toBe(403)
    })
  },
)

describe.each(openRoutes.filter((route) => route.startsWith('POST')))('%s', (route) => {
  test('not a page of another site, whatever it sends and whoever is signed in', async () => {
    const { by } = as('owner')
    const [method = '', path = ''] = route.split(' ')
    const params = { nextauth: ['callback', 'credentials'] }
    const body = openBodies[route]
    for (const headers of FOREIGN.filter(({ origin }) => origin)) {
      const answer = await call(handlers.get(route) ?? noHandler, path, {
        method,
        params,
        body,
        ...by,
        headers,
      })
      expect(answer.status).toBe(403)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })
})

/** What would do something if it came from a page of ours. */
const openBodies: Record<string, unknown> = {
  'POST /api/v1/setup': { name: 'N', email: 'n@example.test', password: PASSWORD, team: 'T' },
  'POST /api/v1/invitations/acceptance': { token: 'x'.repeat(43) },
  'POST /api/v1/account-links': { email: 'n@example.test', purpose: 'reset' },
  'POST /api/v1/email-confirmations': { token: 'x'.repeat(43) },
  'POST /api/v1/password-resets': { token: 'x'.repeat(43), password: PASSWORD },
  'POST /api/auth/[...nextauth]': { email: 'n@example.test', password: PASSWORD, csrfToken: 'x' },
}
const noHandler: Handler = async () => new Response(null, { status: 500 })

/** What the caller is answered; the thing that `[id]` names is made anew for every call. */
async function ask(row: Row, { userId, by }: Who): Promise<number> {
  const [method = '', route = ''] = row.route.split(' ')
  const handler = handlers.get(row.route)
  if (!handler) throw new Error(`No handler for ${row.route}.`)
  const id = row.thing ? await row.thing(team, row.isOwn ? userId : team.maker) : ''
  const body = row.body?.(id, team)
  const response = await call(handler, route.replace('[id]', id), { method, body, params: { id }, ...by })
  if (response.headers.get('content-type') === 'application/problem+json')
    expect((await response.json()).detail).toMatch(/\w+ \w+/)
  else if (response.ok && !row.hasImage && !row.hasOwnImages) expect(await kindOf(response)).toBe('no image')
  else await response.body?.cancel()
  return response.status
}

/** A stream of events, nothing, a table as text, or JSON without anything as long as an image: the shortest WebP has 26 bytes. */
async function kindOf(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream')) await response.body?.cancel()
  else if (/base64|data:image/.test(await response.text())) return 'holds base64'
  return /^($|application\/json|text\/csv|text\/event-stream)/.test(type) ? 'no image' : type
}

function as(role: Role): Who {
  const { person, cookie } = people.get(role) ?? stranger
  return { userId: person.id, by: { cookie, team: team.slug } }
}

/** A key of the owner with these scopes. */
async function byKey(scopes: readonly Scope[], { revokedAt }: { revokedAt?: Date } = {}): Promise<Who> {
  const key = `fs_${newToken()}`
  const row = {
    teamId: team.id,
    creatorId: team.owner.id,
    name: 'k',
    prefix: key.slice(0, 9),
    scopes: [...scopes],
  }
  await db().apiKey.create({ data: { ...row, sha256: tokenHash(key), revokedAt } })
  return { userId: team.owner.id, by: { key } }
}

async function byEndedSession(): Promise<Who> {
  const cookie = await signInAs(team.owner)
  const { id } = await db().session.findFirstOrThrow({
    where: { userId: team.owner.id },
    orderBy: { createdAt: 'desc' },
  })
  await db().session.update({ where: { id }, data: { endedAt: new Date() } })
  return { userId: team.owner.id, by: { cookie, team: team.slug } }
}

/** Routes for people alone know no key; making a key knows it and refuses. */
const keyRefusal = (row: Row) =>
  /\/(api-keys|password-link|connection(\/key)?)$/.test(row.route) ? 403 : 401
