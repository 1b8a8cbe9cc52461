import { beforeEach, describe, expect, test } from 'vitest'
import { DELETE as revokeKey } from '@/app/api/v1/api-keys/[id]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { GET as invitationsRoute, POST as inviteRoute } from '@/app/api/v1/invitations/route'
import { DELETE as removeMember, PATCH as changeMember } from '@/app/api/v1/members/[id]/route'
import { POST as shareRoute } from '@/app/api/v1/share-links/route'
import {
  call,
  makeMember,
  makeTeam,
  PASSWORD,
  signInAs,
  type Person,
  type TestTeam,
} from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Scope } from '@/lib/access/roles'
import { findInvitation } from '@/lib/invitations/server'
import { db } from '@/lib/platform/db'
import { listImages } from '@/lib/share-links/images'
import { findOpenLink } from '@/lib/share-links/visit'

let team: TestTeam
let owner: string
let admin: Person
let adminCookie: string

beforeEach(async () => {
  team = await makeTeam()
  owner = await signInAs(team.owner)
  admin = await makeMember(team.id, 'admin')
  adminCookie = await signInAs(admin)
})

const allScopes: Scope[] = ['read', 'generate', 'manage']
async function makeKey(cookie: string, scopes: Scope[] = allScopes): Promise<{ id: string; secret: string }> {
  return (await call(createKey, '/', { method: 'POST', cookie, body: { name: 'k', scopes } })).json()
}
async function invite(by: { cookie?: string; key?: string }, role = 'member'): Promise<string> {
  const answer = await call(inviteRoute, '/', { method: 'POST', ...by, body: { role } })
  expect(answer.status).toBe(201)
  return (await answer.json()).path.split('/').at(-1)
}
async function share(by: { cookie?: string; key?: string }, target: object): Promise<string> {
  const answer = await call(shareRoute, '/', { method: 'POST', ...by, body: { target } })
  expect(answer.status).toBe(201)
  return (await answer.json()).url.split('/s/')[1]
}
const accept = async (token: string) => {
  const account = { name: 'Harin', email: `harin-${crypto.randomUUID()}@example.test`, password: PASSWORD }
  return (await call(acceptRoute, '/', { method: 'POST', body: { token, account } })).status
}
const revoke = (id: string) =>
  call(revokeKey, '/', { method: 'DELETE', cookie: owner, params: { id } }).then(({ status }) => status)
const change = (id: string, body: object) =>
  call(changeMember, '/', { method: 'PATCH', cookie: owner, params: { id }, body }).then(
    ({ status }) => status,
  )
const openInvitations = async () =>
  (await (await call(invitationsRoute, '/', { cookie: owner })).json()).items.length

describe('an invitation', () => {
  test('made by a key dies with the key, also the one that makes an admin', async () => {
    const { id, secret } = await makeKey(owner)
    const tokens = [await invite({ key: secret }, 'admin'), await invite({ key: secret }, 'viewer')]
    expect(await findInvitation(tokens[0] ?? '')).not.toBeNull()
    expect(await revoke(id)).toBe(204)
    for (const token of tokens) {
      expect(await findInvitation(token)).toBeNull()
      expect(await accept(token)).not.toBe(200)
    }
    expect(await openInvitations()).toBe(0)
  })

  test('made by a key ends with the last day of the key', async () => {
    const { id, secret } = await makeKey(owner)
    const token = await invite({ key: secret })
    await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await findInvitation(token)).toBeNull()
    expect(await accept(token)).not.toBe(200)
  })

  test('made by a key counts while the key stands', async () => {
    const { secret } = await makeKey(owner)
    expect(await accept(await invite({ key: secret }))).toBe(200)
  })

  test('gives nothing that its maker could not give now', async () => {
    const second = await makeMember(team.id, 'owner')
    const cookie = await signInAs(second)
    const [toAdmin, toMember] = [await invite({ cookie }, 'admin'), await invite({ cookie }, 'member')]
    expect(await change(second.id, { role: 'admin' })).toBe(200)
    expect(await accept(toAdmin)).not.toBe(200)
    expect(await accept(toMember)).toBe(200)
  })

  test('of somebody who was switched off everywhere is worth nothing', async () => {
    const token = await invite({ cookie: adminCookie })
    await db().user.update({ where: { id: admin.id }, data: { disabledAt: new Date() } })
    expect(await accept(token)).not.toBe(200)
    expect(await openInvitations()).toBe(0)
  })
})

describe('a shared link', () => {
  const image = async () => {
    const { images } = await makeGeneration({
      ...(await makeActor(team, 'admin')),
      userId: admin.id,
      principal: admin.id,
    })
    return { kind: 'image', id: images[0]?.id }
  }

  test('made by a key ends with it, revoked or over', async () => {
    for (const end of ['revoked', 'over']) {
      const { id, secret } = await makeKey(adminCookie)
      const token = await share({ key: secret }, await image())
      expect(await findOpenLink(token)).not.toBeNull()
      if (end === 'revoked') expect(await revoke(id)).toBe(204)
      else await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
      expect(await findOpenLink(token)).toBeNull()
    }
  })

  test('ends for good when its maker leaves the team', async () => {
    const token = await share({ cookie: adminCookie }, await image())
    const removed = await call(removeMember, '/', {
      method: 'DELETE',
      cookie: owner,
      params: { id: admin.id },
    })
    expect(removed.status).toBe(204)
    expect(await findOpenLink(token)).toBeNull()
    await db().membership.create({ data: { teamId: team.id, userId: admin.id, role: 'admin' } })
    expect(await findOpenLink(token)).toBeNull()
  })

  test('rests while its maker is switched off or may only look', async () => {
    const token = await share({ cookie: adminCookie }, await image())
    for (const [off, on] of [
      [{ isDisabled: true }, { isDisabled: false }],
      [{ role: 'viewer' }, { role: 'member' }],
    ] as const) {
      expect(await change(admin.id, off)).toBe(200)
      expect(await findOpenLink(token)).toBeNull()
      expect(await change(admin.id, on)).toBe(200)
      expect(await findOpenLink(token)).not.toBeNull()
    }
  })

  test('shows only what its maker may link now', async () => {
    const { images } = await makeGeneration(await makeActor(team, 'member'))
    const token = await share({ cookie: adminCookie }, { kind: 'image', id: images[0]?.id })
    const shown = async () => {
      const link = await findOpenLink(token)
      return link ? (await listImages(link)).length : null
    }
    expect(await shown()).toBe(1)
    expect(await change(admin.id, { role: 'member' })).toBe(200)
    expect(await shown()).toBe(0)
  })

  test('that a key without the manage scope made to a group shows its owner’s own images alone', async () => {
    const groupId = crypto.randomUUID()
    const ofAdmin = { ...(await makeActor(team, 'admin')), userId: admin.id, principal: admin.id }
    await makeGeneration(ofAdmin, { groupId })
    const { secret } = await makeKey(adminCookie, ['read', 'generate'])
    const token = await share({ key: secret }, { kind: 'group', id: groupId })
    await makeGeneration(await makeActor(team, 'member'), { groupId })
    const link = await findOpenLink(token)
    expect(link && (await listImages(link)).length).toBe(1)
  })
})

describe('what waits in the queue', () => {
  async function queued(principal: string) {
    const actor = { ...(await makeActor(team, 'admin')), userId: admin.id, principal }
    const { generation } = await makeGeneration(actor)
    const data = { status: 'queued', sentAt: null, finishedAt: null } as const
    await db().generation.update({ where: { id: generation.id }, data })
    return generation.id
  }
  const statusOf = async (id: string) => {
    const { status, charged } = await db().generation.findUniqueOrThrow({ where: { id } })
    return { status, charged }
  }

  test('for a key is taken out, free of charge, when the key is revoked, and nothing else is', async () => {
    const { id } = await makeKey(adminCookie)
    const [ofKey, ofPerson] = [await queued(`key:${id}`), await queued(admin.id)]
    expect(await revoke(id)).toBe(204)
    expect(await statusOf(ofKey)).toEqual({ status: 'canceled', charged: 'no' })
    expect((await statusOf(ofPerson)).status).toBe('queued')
  })

  test.each([{ isDisabled: true }, { role: 'viewer' }])('for a member is taken out with %j', async (body) => {
    const id = await queued(admin.id)
    expect(await change(admin.id, body)).toBe(200)
    expect(await statusOf(id)).toEqual({ status: 'canceled', charged: 'no' })
  })
})
