import { describe, expect, test } from 'vitest'
import { DELETE as revokeRoute } from '@/app/api/v1/api-keys/[id]/route'
import { GET as listRoute, POST as createRoute } from '@/app/api/v1/api-keys/route'
import { GET as invitationsRoute } from '@/app/api/v1/invitations/route'
import { GET as membersRoute } from '@/app/api/v1/members/route'
import { call, makeMember, makeTeam, signInAs } from '@/e2e/support/people'
import { authenticateKey } from '@/lib/access/api-key'
import { createApiKeyForShell } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'

const create = (cookie: string, body: object = { name: 'script' }) =>
  call(createRoute, '/', { method: 'POST', cookie, body })
const createKey = async (cookie: string, body?: object) => (await create(cookie, body)).json()
const ask = (key: string, team?: string) => call(membersRoute, '/', { key, team })

describe('a key', () => {
  test('is shown once and kept only as a hash', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const { id, secret, prefix } = await createKey(cookie)
    expect(secret).toMatch(/^fs_[\w-]{43}$/)
    expect(secret.startsWith(prefix)).toBe(true)
    const list = await (await call(listRoute, '/', { cookie })).text()
    expect(list).toContain(prefix)
    expect(list).not.toContain(secret)
    const row = await db().apiKey.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(row)).not.toContain(secret)
  })

  test('acts in its own team and nowhere else', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const { secret } = await createKey(await signInAs(team.owner))
    expect((await ask(secret)).status).toBe(200)
    expect((await ask(secret, team.id)).status).toBe(200)
    expect((await ask(secret, other.slug)).status).toBe(404)
  })

  test('stops on the next request after it was revoked', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const { id, secret } = await createKey(cookie)
    expect((await call(revokeRoute, '/', { method: 'DELETE', cookie, params: { id } })).status).toBe(204)
    expect((await ask(secret)).status).toBe(401)
    expect(await authenticateKey(secret)).toEqual({ state: 'unknown' })
  })

  test('stops when its days are over, and says so to who presents it', async () => {
    const team = await makeTeam()
    const { id, secret, expiresAt } = await createKey(await signInAs(team.owner), {
      name: 'x',
      expiresInDays: 1,
    })
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now() + 86_000_000)
    await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    expect((await ask(secret)).status).toBe(401)
    expect(await authenticateKey(secret)).toEqual({ state: 'expired' })
  })

  test('never does more than its creator may do now', async () => {
    const team = await makeTeam()
    const admin = await makeMember(team.id, 'admin')
    const scopes = ['read', 'generate', 'manage']
    const { secret } = await createKey(await signInAs(admin), { name: 'all', scopes })
    expect((await call(invitationsRoute, '/', { key: secret })).status).toBe(200)
    await db().membership.updateMany({ where: { userId: admin.id }, data: { role: 'viewer' } })
    expect((await call(invitationsRoute, '/', { key: secret })).status).toBe(403)
    const presented = await authenticateKey(secret)
    expect(presented.state === 'ok' && presented.actor.scopes).toEqual(['read'])
  })

  test('does not do more than its scopes, however high its creator', async () => {
    const team = await makeTeam()
    const { secret } = await createKey(await signInAs(team.owner), { name: 'reader', scopes: ['read'] })
    expect((await ask(secret)).status).toBe(200)
    expect((await call(invitationsRoute, '/', { key: secret })).status).toBe(403)
  })

  test('is not made by a key: that one would outlive its revocation', async () => {
    const team = await makeTeam()
    const { secret } = await createKey(await signInAs(team.owner), {
      name: 'all',
      scopes: ['read', 'generate', 'manage'],
    })
    expect(
      (await call(createRoute, '/', { method: 'POST', key: secret, body: { name: 'heir' } })).status,
    ).toBe(403)
  })

  test('with the manage scope is for admins', async () => {
    const team = await makeTeam()
    const member = await signInAs(await makeMember(team.id, 'member'))
    expect((await create(member, { name: 'x', scopes: ['read', 'manage'] })).status).toBe(403)
    expect((await create(member, { name: 'x', scopes: ['read', 'generate'] })).status).toBe(201)
  })
})

test("a member sees and revokes their own keys, an admin everybody's", async () => {
  const team = await makeTeam()
  const [owner, member] = [await signInAs(team.owner), await signInAs(await makeMember(team.id, 'member'))]
  const [ofOwner, ofMember] = [await createKey(owner), await createKey(member)]
  const idsFor = async (cookie: string) =>
    (await (await call(listRoute, '/', { cookie })).json()).items.map(({ id }: { id: string }) => id)
  expect(await idsFor(member)).toEqual([ofMember.id])
  expect(new Set(await idsFor(owner))).toEqual(new Set([ofOwner.id, ofMember.id]))
  const revoke = (cookie: string, id: string) =>
    call(revokeRoute, '/', { method: 'DELETE', cookie, params: { id } })
  expect((await revoke(member, ofOwner.id)).status).toBe(404)
  expect((await revoke(owner, ofMember.id)).status).toBe(204)
})

test("the shell's key acts for the team's owner and may read and generate", async () => {
  const team = await makeTeam()
  const secret = await createApiKeyForShell({ name: 'shell', team: team.slug })
  const presented = await authenticateKey(secret)
  expect(presented).toMatchObject({
    state: 'ok',
    actor: { teamId: team.id, userId: team.owner.id, scopes: ['read', 'generate'] },
  })
  await expect(createApiKeyForShell({ name: 'x', team: 'no-such-team' })).rejects.toMatchObject({
    code: 'not_found',
  })
})
