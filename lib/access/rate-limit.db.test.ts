import { expect, test } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { GET as creditsRoute } from '@/app/api/v1/credits/route'
import { makeActor } from '@/e2e/support/images'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { createRateLimiter, limitRate, REQUESTS_MAX } from '@/lib/access/rate-limit'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'

const use = (id: string) => Promise.all(Array.from({ length: REQUESTS_MAX - 1 }, () => limitRate(id)))

test('a page in a loop is told to wait, and nobody else waits with it', async () => {
  const { owner } = await makeTeam()
  const [loop, other] = [await signInAs(owner), await signInAs(owner)]
  const sessions = await db().session.findMany({ where: { userId: owner.id }, orderBy: { createdAt: 'asc' } })
  await use(sessions[0]?.id ?? '')
  expect((await call(creditsRoute, '/', { cookie: loop })).status).toBe(200)
  for (const route of [creditsRoute, meRoute]) {
    const refused = await call(route, '/', { cookie: loop })
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await call(route, '/', { cookie: other })).status).toBe(200)
  }
})

test('a program in a loop is told so in Flamel’s words, and nothing is generated for it', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const { id, secret } = await createApiKey(actor, { name: 'a loop', scopes: ['read', 'generate'] })
  await use(id)
  const headers = { 'x-api-key': secret, 'content-type': 'application/json' }
  expect((await call(creditsRoute, '/', { headers })).status).toBe(200)
  const body = JSON.stringify({ prompt: 'a pear', styleId: 101, ratio: '1:1', sample: 1 })
  const refused = await create(
    new Request('http://127.0.0.1:3000/api/images/create', { method: 'POST', headers, body }),
  )
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  expect(await refused.json()).toMatchObject({ code: 429, data: 'too_many_requests' })
  expect(await db().generation.count({ where: { teamId: actor.teamId } })).toBe(0)
})

test('a loop whose requests are spread over two processes is told to wait by both', async () => {
  const [one, other] = [createRateLimiter(), createRateLimiter()]
  const ask = (limit: typeof limitRate) =>
    limit('spread').then(
      () => true,
      () => false,
    )
  let taken = 0
  for (let turn = 0; turn < REQUESTS_MAX; turn += 1)
    for (const limit of [one, other]) if (await ask(limit)) taken += 1
  expect(taken).toBeGreaterThanOrEqual(REQUESTS_MAX - 100)
  expect(taken).toBeLessThan(REQUESTS_MAX + 200)
  for (const limit of [one, other]) {
    await expect(limit('spread')).rejects.toMatchObject({
      code: 'too_many_requests',
      retryAfterS: expect.any(Number),
    })
    await limit('somebody else')
  }
})
