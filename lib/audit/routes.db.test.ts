import { beforeAll, describe, expect, test } from 'vitest'
import { rows } from '@/e2e/support/authorization'
import type { Row } from '@/e2e/support/authorization-row'
import type { Team } from '@/e2e/support/resource-factories'
import { loadHandlers } from '@/e2e/support/handlers'
import { call, makeMember, makeTeam, signInAs, type Handler } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

/** What changes something and leaves no entry, and why. */
const WITHOUT_ENTRY: Record<string, string> = {
  'POST /api/v1/generations':
    'the generation itself is the record: who, when, what it cost; it is never deleted',
  'POST /api/images/create': 'the same',
  'POST /api/v1/campaign-sets': 'its generations are the record',
  'POST /api/v1/campaign-sets/[id]/retry': 'the same',
  'POST /api/v1/campaign-sets/[id]/pause': 'work goes on later; nothing is spent or lost',
  'DELETE /api/v1/campaign-sets/[id]/pause': 'the same',
  'POST /api/v1/campaign-sets/[id]/cancellation': 'the generations say that a person canceled them',
  'POST /api/v1/generations/[id]/cancellation': 'the same',
  'POST /api/v1/generations/[id]/dismissal': 'tidies a feed; the row stays what it was',
  'DELETE /api/v1/generations/[id]/dismissal': 'the same',
  'POST /api/v1/prompts/enhance': 'changes nothing here',
  'POST /api/v1/prompts/describe': 'changes nothing here',
  'POST /api/v1/prompt-templates': 'what is made carries its maker and its time',
  'PATCH /api/v1/prompt-templates/[id]': 'a text of the team; taking it away leaves an entry',
  'POST /api/v1/prompt-templates/[id]/uses': 'a count',
  'PATCH /api/v1/images': 'a mark (favorite)',
  'PATCH /api/v1/images/[id]': 'a mark (favorite)',
  'POST /api/v1/styles/[id]/favourite': 'a mark of one person',
  'DELETE /api/v1/styles/[id]/favourite': 'the same',
  'POST /api/v1/references': 'what is made carries its maker and its time',
  'POST /api/v1/budget-requests': 'the request is the record; its answer leaves an entry',
  'POST /api/v1/system/mail-test': 'one mail to whoever asks for it',
  'POST /api/v1/system/key-check': 'asks upstream and changes nothing',
  'POST /api/v1/notifications': 'what one person has seen',
  'DELETE /api/v1/me/second-factor/notice': 'the same',
  'POST /api/v1/me/second-factor/totp': 'only begins; the confirmation leaves an entry',
  'POST /api/v1/me/second-factor/passkey-challenge': 'only begins',
  'POST /api/v1/me/passkeys/challenge': 'only begins',
  'PATCH /api/v1/me/passkeys/[id]': 'a name that the person alone sees',
  'POST /api/v1/me/linked-accounts': 'only begins; the way back from the provider leaves an entry',
}

/** Those whose row is answered before anything is changed; the test beside the domain sees the entry. */
const SEEN_ELSEWHERE: Record<string, string> = {
  'POST /api/v1/generations/[id]/publication': 'lib/generations/privacy.db.test.ts',
  'POST /api/v1/campaign-sets/[id]/publication': 'lib/generations/privacy.db.test.ts',
  'POST /api/v1/invitations/[id]/mail': 'lib/invitations/by-email.db.test.ts',
  'POST /api/v1/me/email': 'lib/people/email.db.test.ts',
  'POST /api/v1/me/deletion': 'lib/people/deletion.db.test.ts',
  'DELETE /api/v1/sessions/[id]': 'lib/audit/audit.db.test.ts',
  'DELETE /api/v1/teams/[id]': 'lib/audit/audit.db.test.ts',
  'POST /api/v1/teams/[id]/transfer': 'below',
  'POST /api/v1/teams/[id]/second-factor-demand': 'lib/second-factor/second-factor.db.test.ts',
  'DELETE /api/v1/teams/[id]/second-factor-demand': 'lib/second-factor/second-factor.db.test.ts',
  'POST /api/v1/me/second-factor/totp/confirmation': 'lib/second-factor/second-factor.db.test.ts',
  'POST /api/v1/me/second-factor/totp/removal': 'lib/second-factor/second-factor.db.test.ts',
  'POST /api/v1/me/second-factor/recovery-codes': 'lib/second-factor/second-factor.db.test.ts',
  'POST /api/v1/me/passkeys': 'the same for an app there: one function adds every factor',
  'POST /api/v1/me/passkeys/[id]/removal': 'lib/second-factor/second-factor.db.test.ts',
  'DELETE /api/v1/me/linked-accounts/[id]': 'lib/single-sign-on/policy.db.test.ts',
  'PATCH /api/v1/connection': 'lib/connection/server.db.test.ts',
  'PUT /api/v1/connection/key': 'lib/connection/server.db.test.ts',
  'DELETE /api/v1/connection/key': 'lib/connection/server.db.test.ts',
  'POST /api/v1/styles/[id]/thumbnail': 'lib/styles/styles.db.test.ts',
  'PATCH /api/v1/system/sandbox': 'lib/system/system.db.test.ts',
  'DELETE /api/v1/system/sandbox': 'lib/system/system.db.test.ts',
}

/** What else this row needs so that it changes something. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/v1/me': { name: 'Another name' },
  'POST /api/v1/styles/import': {
    ...{ format: 'json', mode: 'apply' },
    content: JSON.stringify([{ styleId: 4_000_001, nameEn: 'Imported' }]),
  },
}

let handlers: Map<string, Handler>
let team: Team
let cookie: string

beforeAll(async () => {
  env().SANDBOX_PORT = 1 // nothing listens there
  handlers = await loadHandlers('api')
  const made = await makeTeam()
  team = { ...made, maker: (await makeMember(made.id, 'member')).id }
  cookie = await signInAs(made.owner)
}, 60_000)

const changing = rows.filter(({ route }) => !route.startsWith('GET'))
const known = { ...WITHOUT_ENTRY, ...SEEN_ELSEWHERE }
const written = new Map(changing.filter(({ route }) => !(route in known)).map((row) => [row.route, row]))

test('every exception is a route that changes something', () => {
  expect(Object.keys(known).filter((route) => changing.every((row) => row.route !== route))).toEqual([])
})

describe.each([...written.values()].map((row): [string, Row] => [row.route, row]))('%s', (_, row) => {
  test('leaves an entry with its actor', async () => {
    const before = await entries()
    expect(await ask(row)).toBe(row.ok)
    expect(await entries()).toBeGreaterThan(before)
  })
})

test('giving the team away leaves an entry', async () => {
  const given = await makeTeam()
  const heir = await makeMember(given.id, 'member')
  const answer = await call(handlers.get('POST /api/v1/teams/[id]/transfer') ?? noHandler, '/', {
    method: 'POST',
    params: { id: given.id },
    body: { userId: heir.id },
    cookie: await signInAs(given.owner),
  })
  expect(answer.status).toBe(204)
  expect(await db().auditEntry.count({ where: { teamId: given.id, act: 'team.transferred' } })).toBe(1)
})

const noHandler: Handler = async () => new Response(null, { status: 500 })

const entries = () => db().auditEntry.count({ where: { actorId: team.owner.id } })

async function ask(row: Row): Promise<number> {
  const [method = '', route = ''] = row.route.split(' ')
  const handler = handlers.get(row.route)
  if (!handler) throw new Error(`No handler for ${row.route}.`)
  const id = (await row.thing?.(team, row.isOwn ? team.owner.id : team.maker)) ?? ''
  if (row.route.endsWith('/restoration')) await throwAway(row.route, id)
  const body = BODIES[row.route] ?? row.body?.(id, team)
  const path = route.replace('[id]', id)
  const response = await call(handler, path, { method, body, params: { id }, cookie, team: team.slug })
  await response.body?.cancel()
  return response.status
}

/** Only what lies in the trash is restored. */
async function throwAway(route: string, id: string): Promise<void> {
  const data = { deletedAt: new Date() }
  if (route.includes('references')) await db().reference.update({ where: { id }, data })
  else await db().image.update({ where: { id }, data })
}
