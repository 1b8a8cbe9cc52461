import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PUT } from '@/app/api/v1/connection/key/route'
import { makeActor } from '@/e2e/support/images'
import { call, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { answerWithImages, refuseWith, sendJson, type Call } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { listAudit } from '@/lib/audit/server'
import { createCampaignSet, retrySet } from '@/lib/campaign-sets/server'
import { chooseConnection, getConnection, removeKey, saveKey } from '@/lib/connection/server'
import { getCredits } from '@/lib/credits/server'
import { insertGeneration } from '@/lib/generations/create'
import { getGeneration } from '@/lib/generations/server'
import { getImage, listImages } from '@/lib/images/server'
import { getSpending } from '@/lib/ledger/spending'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { catchUp } from '@/lib/platform/events'
import { seal } from '@/lib/platform/secret'
import { deleteTeam, getTeam } from '@/lib/teams/server'
import { accountIdFor, connectionFor } from '@/lib/upstream/server'

const ONE = 'flm-first-key-of-user-1'
const TWO = 'flm-second-key-of-user-1'
const OTHER = 'flm-a-key-of-user-2'

const pipeline = setUpPipeline()
let first: TestTeam
let keeper: Actor
let team: TestTeam
let owner: Actor

beforeAll(async () => {
  env().FLAMEL_API_KEY = undefined
  first = await makeTeam('First')
  keeper = await makeActor(first, 'owner')
})
beforeEach(async () => {
  pipeline.upstream.keys = new Map([
    [ONE, 1],
    [TWO, 1],
    [OTHER, 2],
  ])
  team = await makeTeam()
  owner = await makeActor(team, 'owner')
})

afterEach(() => pipeline.stopDispatchers())

const keyOf = ({ headers }: Call) => headers['x-api-key']
const save = (actor: Actor, key: string, scope: 'own' | 'server' = 'own') => saveKey(actor, { scope, key })
const ask = (actor: Actor, prompt = 'a persimmon tree') =>
  insertGeneration(actor, { request: { prompt, styleId: 352, ratio: '1:1', sample: 1, async: false } })
const acts = async (actor: Actor) =>
  (await listAudit(actor, { limit: 10 })).items.map(({ act, detail }) => [act, detail])

/** Answers held back until they are let go. */
function holdAnswers() {
  const waiting: (() => void)[] = []
  const answer = answerWithImages()
  pipeline.upstream.answer = (received, response) =>
    new Promise((resolve) => waiting.push(() => resolve(answer(received, response))))
  return { letGo: () => waiting.splice(0).forEach((go) => go()) }
}
const underWay = (count: number) => expect.poll(() => pipeline.upstream.calls.length).toBe(count)

describe('a key that is added', () => {
  test('is generated with from then on, and nobody is shown more than its last four characters', async () => {
    const before = await getConnection(owner)
    expect(before).toMatchObject({ choice: 'server', kind: 'sandbox', manage: { own: null, server: null } })
    const { connection, outcome } = await save(owner, ONE)
    expect(outcome).toBe('added')
    expect(connection).toMatchObject({ choice: 'own', kind: 'flamel', source: 'own', keyProblem: null })
    expect(connection.manage?.own).toMatchObject({ lastFour: 'er-1', isReadable: true })
    pipeline.dispatch()
    const { id } = await ask(owner)
    expect((await ended(owner, id)).status).toBe('succeeded')
    expect(pipeline.upstream.calls.map(keyOf)).toEqual([ONE])
    const row = await db().upstreamKey.findUniqueOrThrow({ where: { scope: team.id } })
    expect(Buffer.from(row.sealed).includes(ONE)).toBe(false)
    expect(JSON.stringify([connection, await acts(owner)])).not.toContain(ONE)
    expect(await acts(owner)).toContainEqual(['upstream-key.added', { scope: 'own', lastFour: 'er-1' }])
  })

  test('is tested first: one that Flamel refuses takes nobody’s place', async () => {
    await save(owner, ONE)
    await expect(save(owner, 'flm-nobody-knows-this-one')).rejects.toMatchObject({
      code: 'upstream_refused',
      message: 'wrong_api_key',
    })
    pipeline.upstream.account = { defaultCredit: 5, dailyCredit: 6, monthlyCredit: 7 }
    expect((await connectionFor(team.id)).apiKey).toBe(ONE)
    await save(owner, TWO)
    expect(await getCredits(owner)).toMatchObject({ upstream: 'flamel', dailyCredit: 6, keyProblem: null })
  })

  test('is not said to be refused when Flamel has no time to look at it', async () => {
    pipeline.upstream.answerMe = refuseWith(429, 'too many requests')
    await expect(save(owner, ONE)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await getConnection(owner)).choice).toBe('server')
  })

  test.each([
    ['with a blank in it', 'flm key 12345'],
    ['with a line break in it', 'flm-key\n12345'],
    ['in another alphabet', '플라멜키플라멜키'],
    ['too short to be one', 'flm'],
  ])('is refused %s before anybody is asked', async (_how, key) => {
    const cookie = await signInAs(team.owner)
    const response = await call(PUT, '/api/v1/connection/key', {
      cookie,
      team: team.slug,
      method: 'PUT',
      body: { scope: 'own', key },
    })
    const text = await response.text()
    expect([response.status, JSON.parse(text).errors[0].path]).toEqual([422, 'key'])
    expect(text).not.toContain(key)
  })

  test('may be tried so often only', async () => {
    const tries = async () => {
      for (let n = 0; n < 8; n++)
        await save(owner, `flm-wrong-key-${n}`).catch(({ code }) => codes.push(code))
    }
    const codes: string[] = []
    await tries()
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('upstream_refused'))
    expect(codes).toContain('too_many_requests')
  })

  test('is nobody’s who is no owner in person', async () => {
    for (const role of ['admin', 'member', 'viewer'] as const) {
      const actor = await makeActor(team, role)
      await expect(save(actor, ONE)).rejects.toMatchObject({ code: 'forbidden' })
      expect((await getConnection(actor)).manage).toBeNull()
      expect((await getConnection(actor)).owners).toContain(team.owner.name)
    }
    const machine: Actor = { ...owner, via: 'api-key', apiKeyId: team.id }
    await expect(save(machine, ONE)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(chooseConnection(machine, { choice: 'sandbox' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

test('keys of one Flamel user are one account, whichever team has them; those of another are another', async () => {
  const [second, third] = [
    await makeActor(await makeTeam(), 'owner'),
    await makeActor(await makeTeam(), 'owner'),
  ]
  await save(owner, ONE)
  await save(second, TWO)
  await save(third, OTHER)
  expect(await accountIdFor(second.teamId)).toBe(await accountIdFor(team.id))
  expect(await accountIdFor(third.teamId)).not.toBe(await accountIdFor(team.id))
  await removeKey(second, 'own')
  expect((await connectionFor(team.id)).apiKey).toBe(ONE)
})

describe('a key that is replaced', () => {
  test('fails no call: what is under way ends on the old one, what waits goes on with the new one', async () => {
    await save(owner, ONE)
    const { letGo } = holdAnswers()
    pipeline.dispatch()
    const ids = await Promise.all(Array.from({ length: 6 }, async () => (await ask(owner)).id))
    await underWay(2) // slots
    expect((await save(owner, TWO)).outcome).toBe('same_account')
    pipeline.upstream.keys?.delete(ONE) // Flamel may forget it now
    await expect
      .poll(
        async () => {
          letGo()
          const states = await Promise.all(ids.map(async (id) => (await getGeneration(owner, id)).status))
          return states.filter((status) => status === 'succeeded').length
        },
        { timeout: 30_000 },
      )
      .toBe(6)
    expect(pipeline.upstream.calls.map(keyOf)).toEqual([ONE, ONE, TWO, TWO, TWO, TWO])
  })

  test('again and again under load fails nothing', async () => {
    const keys = [ONE, TWO, ONE, TWO, ONE, TWO]
    pipeline.upstream.answer = answerWithImages({ delayMs: 20 })
    await save(owner, OTHER)
    await save(owner, TWO)
    pipeline.dispatch()
    const asking = Array.from({ length: 60 }, () => ask(owner))
    for (const [turn, key] of keys.entries()) {
      await expect.poll(() => pipeline.upstream.calls.length, { timeout: 30_000 }).toBeGreaterThan(turn * 9)
      await save(owner, key)
    }
    const all = await Promise.all((await Promise.all(asking)).map(({ id }) => ended(owner, id)))
    expect(all.filter(({ status }) => status !== 'succeeded')).toEqual([])
    const used = pipeline.upstream.calls.map(keyOf)
    expect(used).toHaveLength(60)
    expect(used.filter((key, index) => index > 0 && key !== used[index - 1]).length).toBeGreaterThanOrEqual(5)
    expect(used.at(-1)).toBe(TWO)
  })

  test('by one of another Flamel user ends what waits, free of charge, and what is under way as it would', async () => {
    await save(owner, ONE)
    const { letGo } = holdAnswers()
    pipeline.dispatch()
    const ids = await Promise.all(Array.from({ length: 3 }, async () => (await ask(owner)).id))
    await underWay(2)
    expect((await save(owner, OTHER)).outcome).toBe('other_account')
    letGo()
    const all = await Promise.all(ids.map((id) => ended(owner, id)))
    expect(all.map(({ status }) => status).toSorted()).toEqual(['failed', 'succeeded', 'succeeded'])
    expect(all.find(({ status }) => status === 'failed')?.error).toMatchObject({
      code: 'key_removed',
      charged: 'no',
    })
    expect(pipeline.upstream.calls.map(keyOf)).toEqual([ONE, ONE])
  })

  test('by one of another Flamel user leaves old images without variations', async () => {
    await save(owner, ONE)
    pipeline.dispatch()
    const { images } = await ended(owner, (await ask(owner)).id)
    const imageId = images[0]?.imageId ?? 0
    const vary = () =>
      insertGeneration(owner, {
        request: { prompt: 'again', imageId, ratio: '1:1', sample: 1, async: false },
      })
    await save(owner, TWO)
    await expect(vary()).resolves.toBeTruthy()
    await save(owner, OTHER)
    await expect(vary()).rejects.toMatchObject({ code: 'not_found' })
    const { items } = await listImages(owner, { limit: 10 }) // the variation may be among them
    const id = images[0]?.id ?? ''
    expect(items.find((item) => item.id === id)).toMatchObject({ imageId: null }) // its number means another there
    await save(owner, ONE)
    expect(await getImage(owner, id)).toMatchObject({ imageId })
  })

  test('by one of another Flamel user begins the spending anew', async () => {
    await save(owner, ONE)
    pipeline.dispatch()
    for (let count = 0; count < 2; count += 1) await ended(owner, (await ask(owner)).id) // a fall has a balance before it
    const spenders = async () =>
      (await getSpending(owner, { from: '2020-01-01', to: '2099-12-31' })).members.map(({ id }) => id)
    expect(await spenders()).toEqual([owner.userId])
    await save(owner, OTHER)
    expect(await spenders()).toEqual([])
    await save(owner, TWO)
    expect(await spenders()).toEqual([owner.userId])
  })

  test('by one of another Flamel user leaves a set without a second try that was made from an old image', async () => {
    await save(owner, ONE)
    pipeline.dispatch()
    const { images } = await ended(owner, (await ask(owner)).id)
    const plan = {
      ...{ name: 'Again', prompt: 'in snow', sample: 1 as const, styles: [], products: [] },
      ...{ ratios: ['1:1' as const], imageId: images[0]?.imageId ?? 0 },
    }
    pipeline.upstream.answer = refuseWith(400, 'nsfw_image')
    const set = await createCampaignSet(owner, plan, new Headers())
    await ended(owner, set.cells[0]?.id ?? '')
    await save(owner, OTHER)
    await expect(retrySet(owner, set.id)).rejects.toMatchObject({ code: 'not_found' })
    await save(owner, TWO)
    expect((await retrySet(owner, set.id)).progress.open).toBe(1)
  })

  test('is not blamed for what the old one is told after it', async () => {
    await save(owner, ONE)
    const waiting: (() => void)[] = []
    pipeline.upstream.answer = (_call, response) => {
      const no = { success: false, code: 401, data: 'wrong_api_key' }
      waiting.push(() => sendJson(response, 401, no))
    }
    pipeline.dispatch()
    const { id } = await ask(owner)
    await underWay(1)
    await save(owner, TWO)
    waiting.forEach((refuse) => refuse())
    expect((await ended(owner, id)).error?.code).toBe('wrong_api_key')
    expect((await getCredits(owner)).keyProblem).toBeNull()
  })
})

describe('a key that is removed', () => {
  test('ends what waits free of charge and lets go on what is under way; the server’s connection follows', async () => {
    await save(owner, ONE)
    const { letGo } = holdAnswers()
    pipeline.dispatch()
    const ids = await Promise.all(Array.from({ length: 3 }, async () => (await ask(owner)).id))
    await underWay(2)
    expect(await removeKey(owner, 'own')).toMatchObject({ choice: 'server', kind: 'sandbox' })
    letGo()
    const all = await Promise.all(ids.map((id) => ended(owner, id)))
    expect(all.map(({ error }) => error?.code ?? 'none').toSorted()).toEqual(['key_removed', 'none', 'none'])
    expect(await db().upstreamKey.count({ where: { scope: team.id } })).toBe(0)
    expect(await acts(owner)).toContainEqual(['upstream-key.removed', { scope: 'own', lastFour: 'er-1' }])
    await expect(removeKey(owner, 'own')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('sends nothing that was asked for in the very moment', async () => {
    await save(owner, ONE)
    const { id } = await ask(owner)
    const { accountId } = await connectionFor(team.id)
    await removeKey(owner, 'own')
    await db().generation.update({ where: { id }, data: { status: 'queued', accountId, errorCode: null } })
    pipeline.dispatch()
    expect((await ended(owner, id)).error).toMatchObject({ code: 'key_removed', charged: 'no' })
    expect(pipeline.upstream.calls).toEqual([])
  })

  test('goes with its team', async () => {
    await save(owner, ONE)
    await deleteTeam(owner, { confirmation: (await getTeam(owner)).name })
    expect(await db().upstreamKey.count({ where: { scope: team.id } })).toBe(0)
  })
})

test('a key that was encrypted with another secret is said to be unreadable; what is asked for ends free of charge', async () => {
  await save(owner, ONE)
  const sealed = seal('another purpose, as good as another secret', ONE)
  await db().upstreamKey.update({ where: { scope: team.id }, data: { sealed } })
  await chooseConnection(owner, { choice: 'sandbox' })
  expect(await chooseConnection(owner, { choice: 'own' })).toMatchObject({
    kind: 'flamel',
    keyProblem: 'key_unreadable',
    manage: { own: { lastFour: 'er-1', isReadable: false } },
  })
  expect((await getCredits(owner)).keyProblem).toBe('key_unreadable')
  pipeline.dispatch()
  const { id } = await ask(owner)
  expect((await ended(owner, id)).error).toMatchObject({ code: 'key_unreadable', charged: 'no' })
  await save(owner, ONE)
  expect((await getConnection(owner)).keyProblem).toBeNull()
})

describe('the sandbox', () => {
  test('is chosen per team, for training, and the key stays for later', async () => {
    await save(owner, ONE)
    expect(await chooseConnection(owner, { choice: 'sandbox' })).toMatchObject({
      choice: 'sandbox',
      kind: 'sandbox',
      manage: { own: { lastFour: 'er-1' } },
    })
    expect((await getCredits(owner)).upstream).toBe('sandbox')
    await chooseConnection(owner, { choice: 'own' })
    expect((await connectionFor(team.id)).apiKey).toBe(ONE)
    expect(await acts(owner)).toContainEqual(['upstream.chosen', { choice: 'sandbox' }])
  })

  test('an own key cannot be chosen where there is none', async () => {
    await expect(chooseConnection(owner, { choice: 'own' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('the key of the server', () => {
  test('is looked after by the owners of the first team and holds for every team that chose nothing else', async () => {
    await expect(save(owner, ONE, 'server')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeKey(owner, 'server')).rejects.toMatchObject({ code: 'forbidden' })
    await save(keeper, ONE, 'server')
    expect(await connectionFor(team.id)).toMatchObject({ source: 'server', apiKey: ONE })
    expect((await getConnection(keeper)).manage?.server?.key).toMatchObject({ lastFour: 'er-1' })
    expect((await getConnection(owner)).manage).toMatchObject({ server: null, serverKind: 'flamel' })
    const { id } = await ask(owner)
    await removeKey(keeper, 'server')
    expect((await ended(owner, id)).error?.code).toBe('key_removed')
    expect((await connectionFor(team.id)).kind).toBe('sandbox')
  })

  test('gives way to the one of the environment, which is said', async () => {
    env().FLAMEL_API_KEY = OTHER
    try {
      await db().$executeRaw`SELECT pg_notify('studio', '{"team":"*","kind":"upstream","id":""}')`
      await catchUp()
      await expect(save(keeper, ONE, 'server')).rejects.toMatchObject({ code: 'conflict' })
      expect(await getConnection(keeper)).toMatchObject({
        source: 'environment',
        manage: { isSetOutside: true },
      })
      expect((await save(owner, ONE)).connection.source).toBe('own')
    } finally {
      env().FLAMEL_API_KEY = undefined
    }
  })
})
