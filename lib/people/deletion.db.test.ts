import { describe, expect, test } from 'vitest'
import { POST as createKeyRoute } from '@/app/api/v1/api-keys/route'
import { GET as auditRoute } from '@/app/api/v1/audit/route'
import { GET as generationsRoute } from '@/app/api/v1/generations/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { POST as inviteRoute } from '@/app/api/v1/invitations/route'
import { POST as deleteRoute } from '@/app/api/v1/me/deletion/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { DELETE as removeRoute } from '@/app/api/v1/members/[id]/route'
import { GET as membersRoute } from '@/app/api/v1/members/route'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import {
  call,
  makeMember,
  makePerson,
  makeTeam,
  PASSWORD,
  signInAs,
  trySignIn,
  type TestTeam,
} from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { createShareLinkInput } from '@/lib/share-links/schema'
import { createShareLink } from '@/lib/share-links/server'
import { findOpenLink } from '@/lib/share-links/visit'

const leave = (cookie: string, password = PASSWORD) =>
  call(deleteRoute, '/', { method: 'POST', cookie, body: { password } })

/** A member with an image, a link, a key, an invitation, a linked account and a favourite style. */
async function settle(team: TestTeam) {
  const actor = await makeActor(team, 'admin')
  const person = await db().user.findUniqueOrThrow({ where: { id: actor.userId } })
  const cookie = await signInAs(person)
  const { images, generation } = await makeGeneration(actor)
  const target = { kind: 'image', id: images[0]?.id }
  const link = await createShareLink(actor, createShareLinkInput.parse({ target }))
  const key = await (
    await call(createKeyRoute, '/', { method: 'POST', cookie, body: { name: 'k', scopes: ['read'] } })
  ).json()
  const invited = await call(inviteRoute, '/', { method: 'POST', cookie, body: { role: 'viewer' } })
  await db().account.create({
    data: { userId: person.id, provider: 'test', providerAccountId: crypto.randomUUID() },
  })
  const style = await db().style.create({
    data: { teamId: team.id, accountId: generation.accountId, styleId: 77, nameKo: '이름', nameEn: 'Name' },
  })
  await db().styleFavourite.create({ data: { userId: person.id, styleRowId: style.id } })
  await db().user.update({
    where: { id: person.id },
    data: { locale: 'ko', theme: 'light', lastTeamId: team.id },
  })
  const { path } = await invited.json()
  const token = link.url?.split('/s/')[1] ?? ''
  return { person, cookie, generation, token, secret: key.secret, invitation: path.split('/').at(-1) }
}

const newBytes = () => crypto.getRandomValues(new Uint8Array(32))

/** A member whose address and words stand in mails, links, invitations and requests for more. */
async function traced(team: TestTeam) {
  const person = await makeMember(team.id, 'member')
  const [soon, past] = [new Date(Date.now() + 60_000), new Date(Date.now() - 60_000)]
  const { id, email } = person
  const mail = { kind: 'test', locale: 'en', expiresAt: soon }
  await db().mail.create({ data: { ...mail, toAddress: email, userId: id } })
  await db().mail.create({ data: { ...mail, toAddress: email, teamId: team.id, state: 'sent' } })
  const link = { purpose: 'email', newEmail: 'new@example.test', expiresAt: soon } as const
  await db().accountLink.create({ data: { ...link, userId: id, tokenHash: newBytes() } })
  await db().accountLinkRequest.create({ data: { email, purpose: 'reset', locale: 'en' } })
  const invitation = (more: object, at: Date) =>
    db().invitation.create({
      data: {
        ...{ teamId: team.id, role: 'viewer', createdById: team.owner.id, createdAt: at, email },
        ...{ tokenHash: newBytes(), tokenCipher: newBytes(), expiresAt: soon, ...more },
      },
    })
  await invitation({ acceptedAt: past, acceptedById: id }, new Date(1))
  await invitation({ expiresAt: past }, new Date(2))
  await invitation({}, new Date(3))
  const budget = { teamId: team.id, scope: 'team', subject: team.id, unit: 'images', window: 'day' } as const
  const { id: budgetId } = await db().budget.create({ data: { ...budget, limit: 5 } })
  const asked = { teamId: team.id, budgetId, askerId: id, subjectId: team.id, note: 'for me' }
  await db().budgetRequest.create({
    data: { ...asked, answer: 'declined', decidedById: team.owner.id, decidedAt: new Date() },
  })
  await db().budgetRequest.create({ data: asked })
  return { id, email, cookie: await signInAs(person) }
}

describe('a deleted account', () => {
  test('is nobody’s any more: session, password, key, link and invitation end', async () => {
    const team = await makeTeam()
    const { person, cookie, token, secret, invitation } = await settle(team)
    expect((await leave(cookie)).status).toBe(204)
    expect((await call(meRoute, '/', { cookie })).status).toBe(401)
    expect((await trySignIn({ email: person.email, password: PASSWORD })).status).toBe(401)
    expect((await call(membersRoute, '/', { key: secret })).status).toBe(401)
    expect(await findOpenLink(token)).toBeNull()
    const guest = await signInAs(await makePerson())
    const accepted = await call(acceptRoute, '/', {
      method: 'POST',
      cookie: guest,
      body: { token: invitation },
    })
    expect(accepted.status).toBe(410)
  })

  test('keeps its row and what was made, without a name or anything else of the person', async () => {
    const team = await makeTeam()
    const { person, cookie, generation } = await settle(team)
    await leave(cookie)
    const { id, createdAt, disabledAt, deletedAt, ...rest } = await db().user.findUniqueOrThrow({
      where: { id: person.id },
    })
    expect([id, createdAt]).toEqual([person.id, person.createdAt])
    expect(disabledAt).toEqual(deletedAt)
    // a new column of a person stands here with what becomes of it (lib/people/deletion)
    expect(rest).toEqual({
      email: `${id}@deleted.invalid`,
      name: '',
      passwordHash: null,
      locale: null,
      theme: null,
      lastTeamId: null,
      secondFactorResetAt: null,
    })
    const where = { userId: person.id }
    const left = await Promise.all([
      db().session.count({ where }),
      db().account.count({ where }),
      db().membership.count({ where }),
      db().styleFavourite.count({ where }),
    ])
    expect(left).toEqual([0, 0, 0, 0])
    const answer = await call(generationsRoute, '/api/v1/generations', { cookie: await signInAs(team.owner) })
    const { items } = await answer.json()
    expect(items).toMatchObject([{ id: generation.id, maker: { id: person.id, name: '' } }])
  })

  test('every table that knows a person is thought of', async () => {
    const tables = await db().$queryRaw<{ table: string }[]>`
      SELECT DISTINCT conrelid::regclass::text AS table FROM pg_constraint
      WHERE contype = 'f' AND confrelid = '"User"'::regclass`
    // ended or erased: Session, Account, AccountLink, AuthChallenge, Mail, Membership, Notification, ApiKey, Passkey,
    // RecoveryCode, StyleFavourite, TotpFactor, what a BudgetRequest says; the others are what was made or added
    expect(tables.map(({ table }) => table.replaceAll('"', '')).sort()).toEqual([
      'Account',
      'AccountLink',
      'ApiKey',
      'AuthChallenge',
      'BudgetRequest',
      'CampaignSet',
      'Generation',
      'Mail',
      'Membership',
      'Notification',
      'Passkey',
      'PromptTemplate',
      'RecoveryCode',
      'Session',
      'StyleFavourite',
      'TotpFactor',
      'UpstreamKey',
    ])
  })

  test('stands in the teams’ logs, where it has no name any more', async () => {
    const team = await makeTeam()
    const { person, cookie } = await settle(team)
    await leave(cookie)
    const answer = await call(auditRoute, `/api/v1/audit?personId=${person.id}`, {
      cookie: await signInAs(team.owner),
    })
    const { items } = await answer.json()
    expect(items.slice(0, 2)).toMatchObject([
      { act: 'member.removed', actor: { id: person.id, name: '' } },
      { act: 'person.deleted', actor: { id: person.id, name: '' } },
    ])
    expect(JSON.stringify(items)).not.toContain(person.email)
  })

  test('is named by no mail, no link and no invitation that is over', async () => {
    const team = await makeTeam()
    const { email, id, cookie } = await traced(team)
    expect((await leave(cookie)).status).toBe(204)
    const left = await Promise.all([
      db().mail.count({ where: { OR: [{ userId: id }, { toAddress: email }] } }),
      db().accountLink.count({ where: { userId: id } }),
      db().accountLinkRequest.count({ where: { email } }),
      db().budgetRequest.count({ where: { askerId: id, note: { not: '' } } }),
    ])
    expect(left).toEqual([0, 0, 0, 0])
    const invitations = await db().invitation.findMany({
      where: { teamId: team.id },
      select: { email: true },
      orderBy: { createdAt: 'asc' },
    })
    expect(invitations).toEqual([{ email: null }, { email: null }, { email }]) // the last is open still
    expect(await db().budgetRequest.count({ where: { askerId: id } })).toBe(1) // what was answered stays
  })

  test('lets its address be used again', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    await leave(await signInAs(person))
    await db().user.create({ data: { email: person.email, name: 'Another' } })
  })
})

describe('is refused', () => {
  test('without the password', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    const cookie = await signInAs(person)
    expect((await leave(cookie, 'a guess')).status).toBe(401)
    expect((await call(meRoute, '/', { cookie })).status).toBe(200)
  })

  test('to the only owner of a team that has others, and nothing is changed', async () => {
    const team = await makeTeam()
    await makeMember(team.id, 'admin')
    const cookie = await signInAs(team.owner)
    expect(await (await leave(cookie)).json()).toMatchObject({ status: 409, code: 'last_owner' })
    expect((await call(meRoute, '/', { cookie })).status).toBe(200)
  })

  test('not to one of two owners', async () => {
    const team = await makeTeam()
    await makeMember(team.id, 'owner')
    expect((await leave(await signInAs(team.owner))).status).toBe(204)
  })

  test('to both owners at the same moment: one stays', async () => {
    const team = await makeTeam()
    const second = await makeMember(team.id, 'owner')
    await makeMember(team.id, 'viewer')
    const cookies = [await signInAs(team.owner), await signInAs(second)]
    const answers = await Promise.all(cookies.map((cookie) => leave(cookie)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await db().membership.count({ where: { teamId: team.id, role: 'owner' } })).toBe(1)
  })

  test('while the other owner is removed at the same moment: one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const team = await makeTeam()
      const second = await makeMember(team.id, 'owner')
      await makeMember(team.id, 'viewer')
      const [first, other] = [await signInAs(team.owner), await signInAs(second)]
      const removal = call(removeRoute, '/', { method: 'DELETE', cookie: other, params: { id: second.id } })
      const answers = await Promise.all([leave(first), removal])
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
      expect(await db().membership.count({ where: { teamId: team.id, role: 'owner' } })).toBe(1)
    }
  })
})

test('a team that has nobody else ends with its owner’s account, and its other teams stay', async () => {
  const [alone, shared] = [await makeTeam(), await makeTeam()]
  await db().membership.create({ data: { teamId: shared.id, userId: alone.owner.id, role: 'member' } })
  expect((await leave(await signInAs(alone.owner))).status).toBe(204)
  const teams = await db().team.findMany({
    where: { id: { in: [alone.id, shared.id] } },
    orderBy: { id: 'asc' },
  })
  expect(teams.map(({ deletedAt }) => deletedAt !== null)).toEqual([true, false])
})

test('the last team of a studio keeps its owner', async () => {
  const team = await makeTeam()
  const kept = await db().team.findMany({
    where: { deletedAt: null, id: { not: team.id } },
    select: { id: true },
  })
  const ids = { id: { in: kept.map(({ id }) => id) } }
  await db().team.updateMany({ where: ids, data: { deletedAt: new Date() } })
  expect((await leave(await signInAs(team.owner))).status).toBe(409)
  await db().team.updateMany({ where: ids, data: { deletedAt: null } })
})

test('whoever deletes their account while they accept an invitation is in no team', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [team, home] = [await makeTeam(), await makeTeam()]
    const person = await makeMember(home.id, 'member')
    const owner = await signInAs(team.owner)
    const invited = await call(inviteRoute, '/', { method: 'POST', cookie: owner, body: { role: 'viewer' } })
    const token = (await invited.json()).path.split('/').at(-1)
    const cookie = await signInAs(person)
    await Promise.all([leave(cookie), call(acceptRoute, '/', { method: 'POST', cookie, body: { token } })])
    expect(await db().membership.count({ where: { userId: person.id } })).toBe(0)
  }
})
