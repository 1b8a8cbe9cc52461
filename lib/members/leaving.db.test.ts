import { describe, expect, test } from 'vitest'
import { GET as holdingsRoute } from '@/app/api/v1/members/[id]/holdings/route'
import { DELETE as removeRoute, PATCH as changeRoute } from '@/app/api/v1/members/[id]/route'
import { GET as listRoute } from '@/app/api/v1/members/route'
import { POST as createKeyRoute } from '@/app/api/v1/api-keys/route'
import { GET as setsRoute } from '@/app/api/v1/campaign-sets/route'
import { GET as generationsRoute } from '@/app/api/v1/generations/route'
import { POST as inviteRoute } from '@/app/api/v1/invitations/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { POST as transferRoute } from '@/app/api/v1/teams/[id]/transfer/route'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { call, makeMember, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import type { Role } from '@/lib/access/roles'
import { findSession } from '@/lib/access/session'
import { findWayOut } from '@/lib/members/former'
import type { Holdings } from '@/lib/members/schema'
import { db } from '@/lib/platform/db'
import { createShareLinkInput } from '@/lib/share-links/schema'
import { createShareLink } from '@/lib/share-links/server'
import { findOpenLink } from '@/lib/share-links/visit'
import { serverAccountId } from '@/lib/upstream/server'

const change = (cookie: string, id: string, body: object) =>
  call(changeRoute, '/', { method: 'PATCH', cookie, params: { id }, body })
const remove = (cookie: string, id: string, heirId?: string) =>
  call(removeRoute, heirId ? `/?heirId=${heirId}` : '/', { method: 'DELETE', cookie, params: { id } })
const holdings = async (cookie: string, id: string): Promise<Holdings> =>
  (await call(holdingsRoute, '/', { cookie, params: { id } })).json()
const isOpen = async (token: string) => (await findOpenLink(token)) !== null

async function member(team: TestTeam, role: Role) {
  const person = await makeMember(team.id, role)
  return { ...person, cookie: await signInAs(person) }
}

/** A member with one of everything; `share` makes a link to an image of theirs and gives its token. */
async function holder(team: TestTeam, role: 'member' | 'admin' = 'member') {
  const actor = await makeActor(team, role)
  const person = await db().user.findUniqueOrThrow({ where: { id: actor.userId } })
  const cookie = await signInAs(person)
  const { images } = await makeGeneration(actor)
  const share = (by: Actor = actor) => shareOf(by, images[0]?.id ?? '')
  return { id: actor.userId, actor, cookie, share }
}

async function shareOf(actor: Actor, id: string) {
  const link = await createShareLink(actor, createShareLinkInput.parse({ target: { kind: 'image', id } }))
  return { id: link.id, token: link.url?.split('/s/')[1] ?? '' }
}

async function queue(team: TestTeam, makerId: string): Promise<string> {
  const request = { prompt: '감', ratio: '1:1', sample: 1, styleId: 101 }
  const row = await db().generation.create({
    data: {
      ...{ teamId: team.id, makerId, principal: makerId, accountId: await serverAccountId(), request },
      ...{
        groupId: crypto.randomUUID(),
        prompt: '감',
        ratio: '1:1',
        sample: 1,
        sourceKind: 'style',
        styleId: 101,
      },
      requestHash: crypto.randomUUID(),
      status: 'queued',
    },
  })
  return row.id
}

const makeKey = async (cookie: string, name: string): Promise<{ id: string; secret: string }> =>
  (
    await call(createKeyRoute, '/', { method: 'POST', cookie, body: { name, scopes: ['read', 'generate'] } })
  ).json()

const giveBudget = (team: TestTeam, scope: 'member' | 'key' | 'role', subject: string) =>
  db().budget.create({
    data: { teamId: team.id, scope, subject, unit: 'images', window: 'day', limit: 5 },
  })

describe('before a member goes', () => {
  test('it is said what they hold in this team, and who could take over their links', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const leaver = await holder(team, 'admin')
    await member(team, 'member')
    const away = await member(team, 'admin')
    await change(owner, away.id, { isDisabled: true })
    await leaver.share()
    const ended = await leaver.share()
    await db().shareLink.update({ where: { id: ended.id }, data: { expiresAt: new Date(0) } })
    const key = await makeKey(leaver.cookie, 'Figma plugin')
    await db().generation.updateMany({ where: { makerId: leaver.id }, data: { isPrivate: true } })
    await giveBudget(team, 'member', leaver.id)
    await giveBudget(team, 'key', key.id)
    await giveBudget(team, 'role', 'admin')
    await call(inviteRoute, '/', { method: 'POST', cookie: leaver.cookie, body: { role: 'viewer' } })
    await db().promptTemplate.create({
      data: { teamId: team.id, makerId: leaver.id, name: 'one', text: '{a}' },
    })
    await queue(team, leaver.id)
    expect(await holdings(owner, leaver.id)).toEqual({
      shareLinks: 1,
      apiKeys: ['Figma plugin'],
      invitations: 1,
      templates: 1,
      queued: 1,
      privates: 1,
      budgets: 2,
      heirs: [{ id: team.owner.id, name: team.owner.name }],
    })
  })

  test('nobody asks that of a stranger, nor a member of another member; of themselves they do', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const [one, two] = [await member(team, 'member'), await member(team, 'viewer')]
    const ask = async (cookie: string, id: string) =>
      (await call(holdingsRoute, '/', { cookie, params: { id } })).status
    expect(await ask(await signInAs(other.owner), one.id)).toBe(404)
    expect(await ask(one.cookie, two.id)).toBe(403)
    expect(await ask(one.cookie, team.owner.id)).toBe(403)
    expect(await ask(two.cookie, two.id)).toBe(200)
  })
})

describe('a member who is removed', () => {
  test('loses the budgets of their own and their keys’, and what they asked for; those of the role stay', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const leaver = await holder(team)
    const key = await makeKey(leaver.cookie, 'Figma plugin')
    const own = await giveBudget(team, 'member', leaver.id)
    await giveBudget(team, 'key', key.id)
    const role = await giveBudget(team, 'role', 'member')
    const elsewhere = await giveBudget(other, 'member', leaver.id)
    const asked = { teamId: team.id, budgetId: own.id, askerId: leaver.id, subjectId: leaver.id }
    await db().budgetRequest.create({ data: asked })
    expect((await remove(await signInAs(team.owner), leaver.id)).status).toBe(204)
    const standing = await db().budget.findMany({
      where: { teamId: { in: [team.id, other.id] }, removedAt: null },
      select: { id: true },
      orderBy: { createdAt: 'asc' },
    })
    expect(standing).toEqual([{ id: role.id }, { id: elsewhere.id }])
    expect(await db().budgetRequest.count({ where: { askerId: leaver.id } })).toBe(0)
  })

  test('leaves private work private: admins see it, other members do not', async () => {
    const team = await makeTeam()
    const leaver = await holder(team)
    await db().generation.updateMany({ where: { makerId: leaver.id }, data: { isPrivate: true } })
    const set = await db().campaignSet.create({
      data: {
        ...{ teamId: team.id, makerId: leaver.id, name: 'Autumn', prompt: '{product}', products: ['감'] },
        ...{ groupId: crypto.randomUUID(), idempotencyKey: crypto.randomUUID(), requestHash: '-' },
        isPrivate: true,
      },
    })
    const colleague = await member(team, 'member')
    const owner = await signInAs(team.owner)
    expect((await remove(owner, leaver.id)).status).toBe(204)
    const seen = async (cookie: string) => {
      const generations = await (await call(generationsRoute, '/api/v1/generations', { cookie })).json()
      const sets = await (await call(setsRoute, '/api/v1/campaign-sets', { cookie })).json()
      return [generations.items.length, sets.items.map(({ id }: { id: string }) => id)]
    }
    expect(await seen(owner)).toEqual([1, [set.id]])
    expect(await seen(colleague.cookie)).toEqual([0, []])
  })

  test('leaves their links to an heir: they stay open, as the heir’s', async () => {
    const team = await makeTeam()
    const leaver = await holder(team)
    const { id, token } = await leaver.share()
    expect((await remove(await signInAs(team.owner), leaver.id, team.owner.id)).status).toBe(204)
    expect(await isOpen(token)).toBe(true)
    expect(await db().shareLink.findUniqueOrThrow({ where: { id } })).toMatchObject({
      makerId: team.owner.id,
      revokedAt: null,
    })
    const entry = await db().auditEntry.findFirstOrThrow({
      where: { teamId: team.id, act: 'member.removed' },
    })
    expect(entry.detail).toEqual({ role: 'member', links: 1, heirId: team.owner.id })
  })

  test('without an heir their links end, with their keys, open invitations and queue', async () => {
    const team = await makeTeam()
    const leaver = await holder(team, 'admin')
    const { token } = await leaver.share()
    const key = await makeKey(leaver.cookie, 'k')
    const invited = await call(inviteRoute, '/', {
      method: 'POST',
      cookie: leaver.cookie,
      body: { role: 'viewer' },
    })
    const { path } = await invited.json()
    const queued = await queue(team, leaver.id)
    expect((await remove(await signInAs(team.owner), leaver.id)).status).toBe(204)
    expect(await isOpen(token)).toBe(false)
    expect((await call(listRoute, '/', { key: key.secret })).status).toBe(401)
    expect((await call(listRoute, '/', { cookie: leaver.cookie })).status).toBe(404)
    const body = { token: path.split('/').at(-1) }
    const guest = await signInAs((await makeTeam()).owner)
    expect((await call(acceptRoute, '/', { method: 'POST', cookie: guest, body })).status).toBe(410)
    expect(await db().generation.findUniqueOrThrow({ where: { id: queued } })).toMatchObject({
      status: 'canceled',
    })
  })

  test('hands over no link that is over, nor one that only a dead key held open', async () => {
    const team = await makeTeam()
    const leaver = await holder(team)
    const key = await makeKey(leaver.cookie, 'k')
    const byKey = { ...leaver.actor, via: 'api-key' as const, apiKeyId: key.id }
    const [rests, over] = [await leaver.share(byKey), await leaver.share()]
    await db().apiKey.update({ where: { id: key.id }, data: { expiresAt: new Date(0) } })
    await db().shareLink.update({ where: { id: over.id }, data: { expiresAt: new Date(0) } })
    await remove(await signInAs(team.owner), leaver.id, team.owner.id)
    expect([await isOpen(rests.token), await isOpen(over.token)]).toEqual([false, false])
    const makers = await db().shareLink.findMany({ where: { teamId: team.id }, select: { makerId: true } })
    expect(new Set(makers.map(({ makerId }) => makerId))).toEqual(new Set([leaver.id]))
  })

  test('hands over what a standing key made, free of that key', async () => {
    const team = await makeTeam()
    const leaver = await holder(team)
    const key = await makeKey(leaver.cookie, 'k')
    const { token } = await leaver.share({ ...leaver.actor, via: 'api-key' as const, apiKeyId: key.id })
    await remove(await signInAs(team.owner), leaver.id, team.owner.id)
    expect(await isOpen(token)).toBe(true)
  })

  test.each([
    [
      'somebody who may not link others’ images',
      async (team: TestTeam) => (await makeMember(team.id, 'member')).id,
    ],
    ['a stranger', async () => (await makeTeam()).owner.id],
    [
      'somebody whose access is switched off',
      async (team: TestTeam) => {
        const { id: userId } = await makeMember(team.id, 'admin')
        const where = { teamId_userId: { teamId: team.id, userId } }
        await db().membership.update({ where, data: { disabledAt: new Date() } })
        return userId
      },
    ],
  ])('cannot leave them to %s: nothing happens', async (_, heir) => {
    const team = await makeTeam()
    const leaver = await holder(team)
    const { token } = await leaver.share()
    const answer = await remove(await signInAs(team.owner), leaver.id, await heir(team))
    expect(await answer.json()).toMatchObject({ status: 409, code: 'heir_invalid' })
    expect(await isOpen(token)).toBe(true)
    expect((await call(listRoute, '/', { cookie: leaver.cookie })).status).toBe(200)
  })

  test('not to themselves', async () => {
    const team = await makeTeam()
    const leaver = await holder(team, 'admin')
    await leaver.share()
    expect((await remove(await signInAs(team.owner), leaver.id, leaver.id)).status).toBe(409)
  })
})

describe('a member who is disabled', () => {
  test('leaves their links to an heir, or they pause', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const [one, two] = [await holder(team), await holder(team)]
    const [kept, paused] = [await one.share(), await two.share()]
    expect((await change(owner, one.id, { isDisabled: true, heirId: team.owner.id })).status).toBe(200)
    expect((await change(owner, two.id, { isDisabled: true })).status).toBe(200)
    expect([await isOpen(kept.token), await isOpen(paused.token)]).toEqual([true, false])
    await change(owner, two.id, { isDisabled: false })
    expect(await isOpen(paused.token)).toBe(true)
  })
})

describe('at the same moment', () => {
  test('two removals of one member are one: the links go to one heir', async () => {
    const team = await makeTeam()
    const second = await member(team, 'owner')
    const leaver = await holder(team)
    const { id } = await leaver.share()
    const owner = await signInAs(team.owner)
    const answers = await Promise.all([
      remove(owner, leaver.id, team.owner.id),
      remove(second.cookie, leaver.id, second.id),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
    const heir = answers[0]?.status === 204 ? team.owner.id : second.id
    expect(await db().shareLink.findUniqueOrThrow({ where: { id } })).toMatchObject({
      makerId: heir,
      revokedAt: null,
    })
    expect(await db().auditEntry.count({ where: { teamId: team.id, act: 'member.removed' } })).toBe(1)
  })

  test('two who are removed cannot both inherit from each other', async () => {
    const team = await makeTeam()
    const [one, two] = [await holder(team, 'admin'), await holder(team, 'admin')]
    const links = [await one.share(), await two.share()]
    const owner = await signInAs(team.owner)
    const answers = await Promise.all([remove(owner, one.id, two.id), remove(owner, two.id, one.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await Promise.all(links.map(({ token }) => isOpen(token)))).toEqual([true, true])
  })

  test('the heir of a team leaves while the last owner gives it to them: an owner stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const team = await makeTeam()
      const heir = await member(team, 'admin')
      const owner = await signInAs(team.owner)
      const transfer = call(transferRoute, '/', {
        ...{ method: 'POST', cookie: owner, params: { id: team.id } },
        body: { userId: heir.id },
      })
      const answers = await Promise.all([remove(heir.cookie, heir.id), transfer])
      const [left, given] = answers.map(({ status }) => status)
      expect([
        [204, 404],
        [409, 204],
      ]).toContainEqual([left, given])
      expect(await db().membership.count({ where: { teamId: team.id, role: 'owner' } })).toBe(1)
    }
  })
})

describe('somebody who came out of a team', () => {
  const wayOut = async (cookie: string, slug: string) => {
    const session = await findSession(new Headers({ cookie }))
    return session ? findWayOut(session, slug) : 'signed out'
  }

  test('reads how, and a stranger reads nothing', async () => {
    const team = await makeTeam()
    const { name } = await db().team.findUniqueOrThrow({ where: { id: team.id } })
    const owner = await signInAs(team.owner)
    const [removed, left, disabled] = [
      await member(team, 'member'),
      await member(team, 'member'),
      await member(team, 'admin'),
    ]
    await remove(owner, removed.id)
    await remove(left.cookie, left.id)
    await change(owner, disabled.id, { isDisabled: true })
    expect(await wayOut(removed.cookie, team.slug)).toEqual({ team: name, state: 'removed' })
    expect(await wayOut(left.cookie, team.slug)).toEqual({ team: name, state: 'left' })
    expect(await wayOut(disabled.cookie, team.slug)).toEqual({ team: name, state: 'disabled' })
    expect(await wayOut(owner, team.slug)).toBeNull()
    expect(await wayOut(await signInAs((await makeTeam()).owner), team.slug)).toBeNull()
    expect(await wayOut(owner, 'no-such-team')).toBeNull()
    await db().team.update({ where: { id: team.id }, data: { deletedAt: new Date() } })
    expect(await wayOut(owner, team.slug)).toEqual({ team: name, state: 'team_deleted' })
  })
})
