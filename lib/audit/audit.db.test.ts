import { describe, expect, test } from 'vitest'
import { GET as listRoute } from '@/app/api/v1/audit/route'
import { GET as exportRoute } from '@/app/api/v1/teams/[id]/audit.csv/route'
import { DELETE as revokeKey } from '@/app/api/v1/api-keys/[id]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { POST as invite } from '@/app/api/v1/invitations/route'
import { GET as me } from '@/app/api/v1/me/route'
import { DELETE as endSession } from '@/app/api/v1/sessions/[id]/route'
import { DELETE as endSessions } from '@/app/api/v1/sessions/route'
import { DELETE as deleteTeam } from '@/app/api/v1/teams/[id]/route'
import { POST as authenticate, GET as askAuth } from '@/app/api/auth/[...nextauth]/route'
import {
  call,
  cookiesFrom,
  makeMember,
  makePerson,
  makeTeam,
  PASSWORD,
  signInAs,
  trySignIn,
  type TestTeam,
} from '@/e2e/support/people'
import { findSessionId } from '@/lib/access/session'
import type { AuditAct } from '@/lib/audit/acts'
import { readOwnEntries } from '@/lib/audit/entries'
import type { AuditPage } from '@/lib/audit/schema'
import { audit, auditPerson } from '@/lib/audit/server'
import { db } from '@/lib/platform/db'

async function read(team: TestTeam, query = '', cookie?: string): Promise<AuditPage> {
  const answer = await call(listRoute, `/api/v1/audit${query}`, {
    cookie: cookie ?? (await signInAs(team.owner)),
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

const actsIn = async (team: TestTeam, query = '') => {
  const { items } = await read(team, query)
  return items.map(({ act }) => act)
}
/** What was done to the team and its people, without the sign-ins of this test. */
const actsOf = async (team: TestTeam) => (await actsIn(team)).filter((act) => act !== 'person.signed_in')

const write = (
  team: TestTeam,
  act: AuditAct,
  { at, actorId = null }: { at?: string; actorId?: string | null } = {},
) =>
  db().auditEntry.create({
    data: { teamId: team.id, actorId, act, subject: team.id, ...(at && { createdAt: at }) },
  })

describe('the log', () => {
  test('names who did what to whom, newest first', async () => {
    const team = await makeTeam()
    const person = await makeMember(team.id, 'member')
    const entry = {
      teamId: team.id,
      actorId: team.owner.id,
      act: 'member.changed',
      subject: person.id,
    } as const
    await audit(db(), { ...entry, detail: { role: 'viewer' } })
    const { items } = await read(team, '?kind=member')
    expect(items).toEqual([
      expect.objectContaining({
        actor: { id: team.owner.id, name: team.owner.name },
        subject: { id: person.id, name: person.name },
        detail: { role: 'viewer' },
        apiKey: null,
      }),
    ])
  })

  test('is read page by page, and never another team’s', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    for (const act of ['style.created', 'style.changed', 'style.imported'] as const) await write(team, act)
    const cookie = await signInAs(team.owner)
    const first = await read(team, '?limit=2', cookie)
    const second = await read(team, `?limit=3&cursor=${first.nextCursor}`, cookie)
    expect([...first.items, ...second.items].map(({ act }) => act)).toEqual([
      'person.signed_in',
      'style.imported',
      'style.changed',
      'style.created',
      'team.created',
    ])
    expect(second.nextCursor).toBeNull()
    expect(await actsOf(other)).toEqual(['team.created'])
  })

  test('keeps what it has: an entry is neither changed nor deleted', async () => {
    const { id } = await write(await makeTeam(), 'style.created')
    await expect(db().auditEntry.update({ where: { id }, data: { act: 'x' } })).rejects.toThrow()
    await expect(db().auditEntry.delete({ where: { id } })).rejects.toThrow()
  })
})

describe('narrowed down', () => {
  test('by kind', async () => {
    const team = await makeTeam()
    await write(team, 'style.created')
    await write(team, 'image.trashed')
    expect(await actsIn(team, '?kind=style')).toEqual(['style.created'])
    expect(
      (await call(listRoute, '/api/v1/audit?kind=other', { cookie: await signInAs(team.owner) })).status,
    ).toBe(422)
  })

  test('by person: what they did and what was done to them, page by page, each once', async () => {
    const team = await makeTeam()
    const person = await makeMember(team.id, 'admin')
    await write(team, 'style.created', { actorId: person.id })
    await write(team, 'style.changed', { actorId: team.owner.id })
    const entry = { teamId: team.id, subject: person.id }
    await audit(db(), { ...entry, actorId: team.owner.id, act: 'member.changed' })
    await audit(db(), { ...entry, actorId: person.id, act: 'member.removed' })
    const cookie = await signInAs(team.owner)
    const first = await read(team, `?personId=${person.id}&limit=2`, cookie)
    expect(first.items.map(({ act }) => act)).toEqual(['member.removed', 'member.changed'])
    const second = await read(team, `?personId=${person.id}&limit=2&cursor=${first.nextCursor}`, cookie)
    expect(second.items.map(({ act }) => act)).toEqual(['style.created'])
    expect(second.nextCursor).toBeNull()
  })

  test('by days of the studio’s time zone (Asia/Seoul), the first and the last included', async () => {
    const team = await makeTeam()
    await write(team, 'style.created', { at: '2026-03-31T14:59:59.999Z' }) // still the 31st there
    await write(team, 'style.changed', { at: '2026-03-31T15:00:00.000Z' }) // the 1st
    await write(team, 'style.imported', { at: '2026-04-02T14:59:59.999Z' }) // still the 2nd
    await write(team, 'image.trashed', { at: '2026-04-02T15:00:00.000Z' }) // the 3rd
    expect(await actsIn(team, '?from=2026-04-01&to=2026-04-02')).toEqual(['style.imported', 'style.changed'])
    expect(await actsIn(team, '?to=2026-03-31')).toEqual(['style.created'])
    expect(await actsIn(team, '?kind=image&from=2026-04-03')).toEqual(['image.trashed'])
  })
})

describe('a person’s own acts', () => {
  test('a sign-in and a sign-out stand in each team that they are in then', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const person = await makeMember(team.id, 'member')
    await db().membership.create({ data: { teamId: other.id, userId: person.id, role: 'viewer' } })
    const cookie = await signInAs(person)
    const asked = await call(askAuth, '/api/auth/csrf', { cookie, params: { nextauth: ['csrf'] } })
    const { csrfToken } = await asked.json()
    await call(authenticate, '/api/auth/signout', {
      method: 'POST',
      cookie: cookiesFrom(asked, cookie),
      params: { nextauth: ['signout'] },
      body: { csrfToken, json: 'true' },
    })
    for (const one of [team, other])
      expect(await actsIn(one, `?personId=${person.id}`)).toEqual(['person.signed_out', 'person.signed_in'])
  })

  test('a team keeps what happened while they were in it, and sees nothing from before and after', async () => {
    const [team, next] = [await makeTeam(), await makeTeam()]
    const person = await makeMember(team.id, 'member')
    await signInAs(person)
    await db().membership.deleteMany({ where: { userId: person.id } })
    await db().membership.create({ data: { teamId: next.id, userId: person.id, role: 'member' } })
    await auditPerson(db(), person.id, { act: 'person.renamed' })
    expect(await actsIn(team, `?personId=${person.id}`)).toEqual(['person.signed_in'])
    expect(await actsIn(next, `?personId=${person.id}`)).toEqual(['person.renamed'])
    const own = await readOwnEntries(person.id, { take: 10 })
    expect(own.map(({ act }) => act)).toEqual(['person.renamed', 'person.signed_in'])
  })

  test('a sign-in that fails names the person and no actor', async () => {
    const team = await makeTeam()
    const person = await makeMember(team.id, 'member')
    await trySignIn({ email: person.email, password: 'not the password' })
    await expect.poll(() => actsIn(team, `?personId=${person.id}`)).toEqual(['person.sign_in_failed'])
    const { items } = await read(team, `?personId=${person.id}`)
    expect(items[0]).toMatchObject({ actor: null, subject: { id: person.id, name: person.name } })
  })

  test('a sign-in with an unknown address leaves nothing', async () => {
    const before = await db().auditEntry.count({ where: { act: 'person.sign_in_failed' } })
    await trySignIn({ email: 'nobody-here@example.test', password: 'not the password' })
    const team = await makeTeam()
    await trySignIn({ email: team.owner.email, password: 'not the password' })
    await expect
      .poll(() => db().auditEntry.count({ where: { act: 'person.sign_in_failed' } }))
      .toBe(before + 2)
  })

  test('sessions that are ended elsewhere', async () => {
    const team = await makeTeam()
    const [cookie, elsewhere] = [await signInAs(team.owner), await signInAs(team.owner)]
    const id = (await findSessionId(new Headers({ cookie: elsewhere }))) ?? ''
    expect((await call(endSession, '/', { method: 'DELETE', cookie, params: { id } })).status).toBe(204)
    await signInAs(team.owner)
    expect((await call(endSessions, '/', { method: 'DELETE', cookie })).status).toBe(204)
    const { items } = await read(team, '?kind=person', cookie)
    expect(
      items.filter(({ act }) => act !== 'person.signed_in').map(({ act, detail }) => [act, detail]),
    ).toEqual([
      ['person.sessions_ended', { count: 1 }],
      ['person.session_ended', {}],
    ])
    expect((await call(me, '/', { cookie })).status).toBe(200)
  })
})

describe('what a key did', () => {
  test('says which key, also when it is revoked', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const body = { name: 'CI bot', scopes: ['read', 'manage'] }
    const made = await (await call(createKey, '/', { method: 'POST', cookie, body })).json()
    await call(invite, '/', { method: 'POST', key: made.secret, body: { role: 'viewer' } })
    await call(revokeKey, '/', { method: 'DELETE', cookie, params: { id: made.id } })
    const { items } = await read(team, '?kind=invitation')
    expect(items).toMatchObject([
      {
        act: 'invitation.created',
        actor: { id: team.owner.id },
        apiKey: { name: 'CI bot', prefix: made.prefix },
      },
    ])
    expect((await read(team, '?kind=api-key')).items.map(({ apiKey }) => apiKey)).toEqual([null, null])
  })
})

test('the end of a team stands in its own log and in those of its owners’ other teams', async () => {
  const [team, other] = [await makeTeam('Gone'), await makeTeam()]
  const stranger = await makeTeam()
  await db().membership.create({ data: { teamId: team.id, userId: other.owner.id, role: 'owner' } })
  const { name } = await db().team.findUniqueOrThrow({ where: { id: team.id } })
  const cookie = await signInAs(team.owner)
  const ended = await call(deleteTeam, `/?confirmation=${encodeURIComponent(name)}`, {
    method: 'DELETE',
    cookie,
    params: { id: team.id },
  })
  expect(ended.status).toBe(204)
  const { items } = await read(other, '?kind=team')
  expect(items[0]).toMatchObject({ act: 'team.deleted', detail: { name }, actor: { id: team.owner.id } })
  expect(await actsIn(stranger, '?kind=team')).toEqual(['team.created'])
  expect(await db().auditEntry.count({ where: { teamId: team.id, act: 'team.deleted' } })).toBe(1)
})

describe('the CSV', () => {
  const csv = async (team: TestTeam, query = '', by: { cookie?: string; key?: string } = {}) =>
    call(exportRoute, `/api/v1/teams/${team.id}/audit.csv${query}`, {
      ...(by.cookie || by.key ? by : { cookie: await signInAs(team.owner) }),
      params: { id: team.id },
    })

  test('has what is filtered, all pages of it, and leaves an entry of itself', async () => {
    const team = await makeTeam()
    const data = { teamId: team.id, actorId: team.owner.id, act: 'style.created', subject: 'x' }
    await db().auditEntry.createMany({ data: Array.from({ length: 1_203 }, () => data) })
    await write(team, 'image.trashed')
    const answer = await csv(team, '?kind=style')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-.*\.csv"$/)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf])) // or Excel reads Hangul wrongly
    const text = bytes.toString()
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 1_203)
    expect(lines.slice(1).every((line) => line.includes(',style.created,Owner,'))).toBe(true)
    expect((await read(team, '?kind=audit')).items).toMatchObject([
      { act: 'audit.exported', detail: { kind: 'style' }, actor: { id: team.owner.id } },
    ])
  })

  test('gives a spreadsheet nothing to compute', async () => {
    const team = await makeTeam()
    await db().user.update({
      where: { id: team.owner.id },
      data: { name: '=HYPERLINK("http://evil.example","x")' },
    })
    await write(team, 'style.created', { actorId: team.owner.id })
    const text = await (await csv(team, '?kind=style')).text()
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.example"",""x"")",`)
    expect(text).not.toMatch(/(^|,)"?[=+\-@]/m)
  })

  test('is for admins of the team alone', async () => {
    const team = await makeTeam()
    const stranger = await makePerson()
    expect((await csv(team, '', { cookie: await signInAs(stranger) })).status).toBe(404)
    const member = await makeMember(team.id, 'member')
    expect((await csv(team, '', { cookie: await signInAs(member) })).status).toBe(403)
  })
})

test('a refused password is not told apart by what is written down', async () => {
  const team = await makeTeam()
  const answers = await Promise.all([
    trySignIn({ email: team.owner.email, password: 'not the password' }),
    trySignIn({ email: 'nobody-at-all@example.test', password: PASSWORD }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
})
