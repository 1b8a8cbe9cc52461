import { describe, expect, test } from 'vitest'
import { GET as keyRoute } from '@/app/api/v1/credits/route'
import { POST as resetRoute } from '@/app/api/v1/members/[id]/second-factor-reset/route'
import { GET as membersRoute } from '@/app/api/v1/members/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as removePasskeyRoute } from '@/app/api/v1/me/passkeys/[id]/removal/route'
import { POST as renewRoute } from '@/app/api/v1/me/second-factor/recovery-codes/route'
import { GET as mineRoute } from '@/app/api/v1/me/second-factor/route'
import { POST as confirmRoute } from '@/app/api/v1/me/second-factor/totp/confirmation/route'
import { POST as removeRoute } from '@/app/api/v1/me/second-factor/totp/removal/route'
import { POST as beginRoute } from '@/app/api/v1/me/second-factor/totp/route'
import { DELETE as freeRoute, POST as demandRoute } from '@/app/api/v1/teams/[id]/second-factor-demand/route'
import { codeAt, setUpApp } from '@/e2e/support/authenticator-app'
import {
  call,
  makeMember,
  makeTeam,
  PASSWORD,
  signInAs,
  trySignIn,
  type Handler,
  type Person,
} from '@/e2e/support/people'
import { decide } from '@/lib/images/bytes'
import { db } from '@/lib/platform/db'
import { newToken, tokenHash } from '@/lib/platform/secret'
import { resetForShell } from '@/lib/second-factor/reset'

const password = { confirmation: { password: PASSWORD } }
const post = (handler: Handler, cookie: string, body: unknown = {}, params: Record<string, string> = {}) =>
  call(handler, '/', { method: 'POST', cookie, body, params })
const statusOf = async (handler: Handler, cookie: string, team?: string) =>
  (await call(handler, '/', { cookie, team })).status
const mine = async (cookie: string) => (await call(mineRoute, '/', { cookie })).json()
const actsOf = async (teamId: string) =>
  (await db().auditEntry.findMany({ where: { teamId }, orderBy: { createdAt: 'asc' } })).map(({ act }) => act)

describe('an authenticator app', () => {
  test('is on once its first code was given, which ends the other sessions', async () => {
    const { owner, id } = await makeTeam()
    const [elsewhere, here] = [await signInAs(owner), await signInAs(owner)]
    const begun = await (await post(beginRoute, here)).json()
    expect((await mine(here)).totp).toBeNull()
    expect(begun.uri).toContain(`secret=${begun.secret}`)
    const wrong = await post(confirmRoute, here, { token: begun.token, code: codeAt(begun.secret, 0) })
    expect([wrong.status, await statusOf(meRoute, elsewhere)]).toEqual([401, 200])
    const code = codeAt(begun.secret, Date.now())
    expect((await post(confirmRoute, here, { token: begun.token, code })).status).toBe(200)
    expect(await mine(here)).toMatchObject({ totp: { lastUsedAt: null }, recoveryCodesLeft: 10 })
    expect([await statusOf(meRoute, here), await statusOf(meRoute, elsewhere)]).toEqual([200, 401])
    expect((await post(confirmRoute, here, { token: begun.token, code })).status).toBe(409)
    expect(await actsOf(id)).toContain('totp.added')
  })

  test('is not turned on by the set-up of another person', async () => {
    const [one, other] = [await makeTeam(), await makeTeam()]
    const begun = await (await post(beginRoute, await signInAs(one.owner))).json()
    const body = { token: begun.token, code: codeAt(begun.secret, Date.now()) }
    expect((await post(confirmRoute, await signInAs(other.owner), body)).status).toBe(409)
  })

  test('is added by who has signed in just now; later, and beside another, the person confirms', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const longAgo = { createdAt: new Date(Date.now() - 11 * 60_000) }
    await db().session.updateMany({ where: { userId: owner.id }, data: longAgo })
    expect((await (await post(beginRoute, cookie)).json()).code).toBe('confirmation_required')
    const { recoveryCodes } = await setUpApp(cookie, password)
    expect(recoveryCodes).toHaveLength(10)
    await db().session.updateMany({ where: { userId: owner.id }, data: { createdAt: new Date() } })
    expect((await (await post(beginRoute, cookie)).json()).code).toBe('confirmation_required')
    expect((await setUpApp(cookie, password)).recoveryCodes).toBeNull()
  })

  test('is removed by password or by its own code, not by a wrong one, and the recovery codes with it', async () => {
    const { owner, id } = await makeTeam()
    const cookie = await signInAs(owner)
    const { secret } = await setUpApp(cookie)
    const wrong = { confirmation: { password: 'not the password' } }
    expect((await post(removeRoute, cookie, wrong)).status).toBe(401)
    expect((await post(removeRoute, cookie, {})).status).toBe(422)
    const code = codeAt(secret, Date.now())
    expect((await post(removeRoute, cookie, { confirmation: { code } })).status).toBe(204)
    expect(await mine(cookie)).toMatchObject({ totp: null, recoveryCodesLeft: 0 })
    expect((await trySignIn({ email: owner.email, password: PASSWORD })).status).toBe(200)
    expect(await actsOf(id)).toContain('totp.removed')
  })

  test('is not removed by guessing: confirmations are slowed down like sign-ins', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    await setUpApp(cookie)
    const answers: number[] = []
    for (let i = 0; i < 8; i += 1)
      answers.push((await post(removeRoute, cookie, { confirmation: { code: '000000' } })).status)
    expect(answers.slice(0, 6)).toEqual(Array(6).fill(401))
    expect(answers.at(-1)).toBe(429)
  })
})

test('new recovery codes replace the old ones', async () => {
  const { id, owner } = await makeTeam()
  const cookie = await signInAs(owner)
  expect((await post(renewRoute, cookie, password)).status).toBe(409)
  const { recoveryCodes: old } = await setUpApp(cookie)
  const { recoveryCodes } = await (await post(renewRoute, cookie, password)).json()
  expect(recoveryCodes.filter((code: string) => old.includes(code))).toEqual([])
  expect(await actsOf(id)).toContain('recovery-code.renewed')
  const stale = { confirmation: { code: old[0] } }
  expect((await post(removeRoute, cookie, stale)).status).toBe(401)
  expect((await post(removeRoute, cookie, { confirmation: { code: recoveryCodes[0] } })).status).toBe(204)
})

test('a passkey is removed by who confirms it, and leaves an entry', async () => {
  const { id: teamId, owner } = await makeTeam()
  const cookie = await signInAs(owner)
  const key = {
    publicKey: new Uint8Array(8),
    rpId: 'localhost',
    counter: 0,
    name: 'k',
    credentialId: newToken(),
  }
  const { id } = await db().passkey.create({ data: { ...key, userId: owner.id } })
  const wrong = { confirmation: { password: 'not this one' } }
  expect((await post(removePasskeyRoute, cookie, wrong, { id })).status).toBe(401)
  expect((await post(removePasskeyRoute, cookie, password, { id })).status).toBe(204)
  expect(await db().passkey.count({ where: { userId: owner.id } })).toBe(0)
  expect(await actsOf(teamId)).toContain('passkey.removed')
})

describe('a reset', () => {
  const reset = (cookie: string, id: string, team?: string) =>
    call(resetRoute, '/', { method: 'POST', cookie, team, params: { id } })

  async function secure(person: Person) {
    const cookie = await signInAs(person)
    await setUpApp(cookie)
    return cookie
  }

  test('by an admin ends the sessions of the member, who is told after the next sign-in', async () => {
    const team = await makeTeam()
    const admin = await signInAs(await makeMember(team.id, 'admin'))
    const member = await makeMember(team.id, 'member')
    const cookie = await secure(member)
    expect((await reset(admin, member.id)).status).toBe(204)
    expect(await statusOf(meRoute, cookie)).toBe(401)
    const again = await signInAs(member)
    expect(await mine(again)).toMatchObject({ totp: null, recoveryCodesLeft: 0, resetAt: expect.any(String) })
    expect(await actsOf(team.id)).toContain('second-factor.reset')
  })

  test('reaches as far as roles do, and never oneself', async () => {
    const team = await makeTeam()
    const admin = await makeMember(team.id, 'admin')
    const other = await makeMember(team.id, 'admin')
    await secure(other)
    const adminCookie = await secure(admin)
    const member = await makeMember(team.id, 'member')
    expect((await reset(adminCookie, other.id)).status).toBe(403)
    expect((await reset(adminCookie, admin.id)).status).toBe(403)
    expect((await reset(await signInAs(member), other.id)).status).toBe(403)
    expect((await reset(await signInAs(team.owner), other.id)).status).toBe(204)
  })

  test('of somebody who is also elsewhere takes who may manage them there too', async () => {
    const [here, there] = [await makeTeam(), await makeTeam()]
    const person = await makeMember(here.id, 'member')
    await db().membership.create({ data: { teamId: there.id, userId: person.id, role: 'viewer' } })
    await secure(person)
    const owner = await signInAs(here.owner)
    expect((await reset(owner, person.id, here.slug)).status).toBe(403)
    await db().membership.create({ data: { teamId: there.id, userId: here.owner.id, role: 'admin' } })
    expect((await reset(owner, person.id, here.slug)).status).toBe(204)
  })

  test('by the shell lets an owner in who lost everything', async () => {
    const { owner } = await makeTeam()
    const cookie = await secure(owner)
    await resetForShell({ email: ` ${owner.email.toUpperCase()}` })
    expect(await statusOf(meRoute, cookie)).toBe(401)
    expect((await trySignIn({ email: owner.email, password: PASSWORD })).status).toBe(200)
    await expect(resetForShell({ email: owner.email })).rejects.toThrow('no two-step')
  })
})

describe('a team that demands a second factor', () => {
  async function demanding() {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    await setUpApp(owner)
    const member = await makeMember(team.id, 'member')
    const cookie = await signInAs(member)
    expect(await statusOf(membersRoute, cookie)).toBe(200)
    expect((await post(demandRoute, owner, undefined, { id: team.id })).status).toBe(204)
    return { team, owner, member, cookie }
  }

  test('shuts out who has none from their next request on, until they have one', async () => {
    const { team, cookie } = await demanding()
    const answer = await call(membersRoute, '/', { cookie })
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'second_factor_required'])
    expect(await statusOf(meRoute, cookie)).toBe(200) // what concerns the person alone
    await setUpApp(cookie)
    expect(await statusOf(membersRoute, cookie)).toBe(200)
    expect(await actsOf(team.id)).toContain('team.second_factor_demanded')
  })

  test('shows them no bytes of images either', async () => {
    const { team, cookie, member } = await demanding()
    const { image } = await import('@/e2e/support/resource-factories')
    const id = await image({ ...team, maker: member.id }, member.id)
    expect((await decide({ method: 'GET', url: `/i/${id}/original`, headers: { cookie } })).status).toBe(404)
  })

  test('leaves API keys alone', async () => {
    const { team, member } = await demanding()
    const secret = `fs_${newToken()}`
    const row = { teamId: team.id, creatorId: member.id, name: 'k', prefix: 'fs_', scopes: ['read'] }
    await db().apiKey.create({ data: { ...row, sha256: tokenHash(secret) } })
    expect((await call(keyRoute, '/', { key: secret })).status).toBe(200)
  })

  test('takes a passkey for one', async () => {
    const { member, cookie } = await demanding()
    const key = { publicKey: new Uint8Array(8), rpId: 'localhost', counter: 0 }
    await db().passkey.create({ data: { ...key, userId: member.id, name: 'k', credentialId: newToken() } })
    expect(await statusOf(membersRoute, cookie)).toBe(200)
  })

  test('shuts out again who removes their last one, and nobody once it demands none', async () => {
    const { team, owner, cookie } = await demanding()
    await setUpApp(cookie)
    await post(removeRoute, cookie, password)
    expect(await statusOf(membersRoute, cookie)).toBe(403)
    const params = { id: team.id }
    expect((await call(freeRoute, '/', { method: 'DELETE', cookie: owner, params })).status).toBe(204)
    expect(await statusOf(membersRoute, cookie)).toBe(200)
    expect(await actsOf(team.id)).toContain('team.second_factor_not_demanded')
  })

  test('is so by its owner alone, who has one', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const admin = await signInAs(await makeMember(team.id, 'admin'))
    expect((await post(demandRoute, admin, undefined, { id: team.id })).status).toBe(403)
    expect((await post(demandRoute, owner, undefined, { id: team.id })).status).toBe(409)
  })
})
