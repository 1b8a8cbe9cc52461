import { describe, expect, test } from 'vitest'
import { GET as getImage } from '@/app/api/images/[id]/route'
import { OPTIONS as preflight, POST as create } from '@/app/api/images/create/route'
import { GET as getMe } from '@/app/api/users/me/route'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'
import { env, parseEnv } from '@/lib/platform/env'
import { serverAccountId } from '@/lib/upstream/server'

const FIGMA = 'null'
const LISTED = 'https://tool.example.com'

async function makeKey(scopes: ('read' | 'generate')[] = ['read']) {
  const team = await makeTeam()
  const { secret } = await createApiKey(await makeActor(team, 'member'), { name: 'test', scopes })
  return { key: secret, team }
}

describe('GET /api/users/me', () => {
  test('answers the balances and what may run at once, and nothing private', async () => {
    const balances = { defaultCredit: 400, dailyCredit: 10, monthlyCredit: 200.5 }
    await db().upstreamAccount.update({ where: { id: await serverAccountId() }, data: balances })
    const { key } = await makeKey()
    const response = await call(getMe, '/api/users/me', { key })
    expect(response.status).toBe(200)
    const Plan = { simultaneousLimit: expect.any(Number) }
    expect(await response.json()).toEqual({ role: 'normal', ...balances, Plan })
  })

  test('leaves out a balance that nobody has seen yet', async () => {
    const unseen = { defaultCredit: null, dailyCredit: null, monthlyCredit: null }
    await db().upstreamAccount.update({ where: { id: await serverAccountId() }, data: unseen })
    const { key } = await makeKey()
    const said = await (await call(getMe, '/api/users/me', { key })).json()
    expect(Object.keys(said)).toEqual(['role', 'Plan'])
  })

  test('refuses in the published words', async () => {
    const wrong = await call(getMe, '/api/users/me', { key: 'fs_wrong' })
    expect([wrong.status, await wrong.json()]).toEqual([
      401,
      { success: false, code: 401, data: 'wrong_api_key' },
    ])
    const { key } = await makeKey(['generate'])
    const small = await call(getMe, '/api/users/me', { key })
    expect([small.status, await small.json()]).toEqual([
      403,
      { success: false, code: 403, data: 'not_logged_in' },
    ])
  })
})

describe('pages of other origins', () => {
  const allowed = (response: Response) => response.headers.get('access-control-allow-origin')
  const ask = async (origin: string) => {
    const { key } = await makeKey()
    return call(getMe, '/api/users/me', { key, headers: { origin } })
  }

  test('may read only what the owner listed, a page without an origin too', async () => {
    env().STUDIO_CORS_ORIGINS = []
    expect(allowed(await ask(LISTED))).toBeNull()
    expect(allowed(await ask(FIGMA))).toBeNull()
    env().STUDIO_CORS_ORIGINS = [LISTED, FIGMA]
    for (const origin of [LISTED, FIGMA]) expect(allowed(await ask(origin))).toBe(origin)
    const other = await ask('https://evil.example')
    expect([allowed(other), other.headers.get('vary')]).toEqual([null, 'origin'])
  })

  test('read refusals as well, and are never trusted with a cookie', async () => {
    env().STUDIO_CORS_ORIGINS = [LISTED, FIGMA]
    const { team } = await makeKey()
    const cookie = await signInAs(team.owner)
    for (const origin of [LISTED, FIGMA]) {
      const body = { prompt: 'x', styleId: 101, ratio: '1:1' }
      const response = await call(create, '/api/images/create', {
        method: 'POST',
        cookie,
        body,
        headers: { origin },
      })
      expect([response.status, allowed(response)]).toEqual([403, origin])
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
    const missing = await getImage(new Request('http://x/api/images/1', { headers: { origin: FIGMA } }), {
      params: Promise.resolve({ id: '1' }),
    })
    expect([missing.status, allowed(missing)]).toEqual([401, FIGMA])
  })

  test('ask first: the preflight names the headers of a client with a key', () => {
    env().STUDIO_CORS_ORIGINS = [FIGMA]
    const asked = (origin: string) =>
      preflight(new Request('http://x/api/images/create', { method: 'OPTIONS', headers: { origin } }))
    const yes = asked(FIGMA)
    expect([yes.status, allowed(yes)]).toEqual([204, FIGMA])
    for (const header of ['X-Api-Key', 'Idempotency-Key', 'X-Studio-Visibility'])
      expect(yes.headers.get('access-control-allow-headers')).toContain(header)
    expect(asked('https://evil.example').headers.has('access-control-allow-headers')).toBe(false)
  })

  test('are configured as origins, not as addresses or patterns', () => {
    expect(parseEnv({ STUDIO_CORS_ORIGINS: `${LISTED}, null` }).STUDIO_CORS_ORIGINS).toEqual([LISTED, 'null'])
    for (const wrong of ['*', 'https://a.example/', 'example.com', `${LISTED},`])
      expect(() => parseEnv({ STUDIO_CORS_ORIGINS: wrong })).toThrow(/^STUDIO_CORS_ORIGINS is not a list/)
  })
})
