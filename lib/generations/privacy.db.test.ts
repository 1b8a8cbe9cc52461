import { beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as bytesRoute } from '@/app/i/[...path]/route'
import { GET as imageByNumber } from '@/app/api/images/[id]/route'
import { GET as getSet } from '@/app/api/v1/campaign-sets/[id]/route'
import { GET as listSets, POST as createSet } from '@/app/api/v1/campaign-sets/route'
import { POST as publishSet } from '@/app/api/v1/campaign-sets/[id]/publication/route'
import { GET as getGeneration } from '@/app/api/v1/generations/[id]/route'
import { POST as publishRoute } from '@/app/api/v1/generations/[id]/publication/route'
import { GET as listGenerations, POST as createRoute } from '@/app/api/v1/generations/route'
import { DELETE as trashImage, GET as getImage, PATCH as markImage } from '@/app/api/v1/images/[id]/route'
import { GET as listNeighbours } from '@/app/api/v1/images/[id]/neighbours/route'
import { GET as countImages } from '@/app/api/v1/images/counts/route'
import { GET as listImages } from '@/app/api/v1/images/route'
import { POST as shareRoute } from '@/app/api/v1/share-links/route'
import { GET as queueRoute } from '@/app/api/v1/queue/route'
import {
  call,
  makeMember,
  makeTeam,
  signInAs,
  type Handler,
  type Person,
  type TestTeam,
} from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'

const numbered: Handler = (request, { params }) =>
  imageByNumber(request, { params: params.then(({ id }) => ({ id: String(id) })) })

const asked = { prompt: '비밀 시안', ratio: '1:1', styleId: 101, sample: 1 }
let team: TestTeam
let maker: Person
let cookies: { maker: string; colleague: string; admin: string }
let keys: { maker: string; colleague: string }
let generationId: string
let imageId: string
let upstreamId: number

/** What a person's own session may do, as an actor for what has no route here. */
const actorOf = (person: Person, role: Actor['role'] = 'member'): Actor => ({
  userId: person.id,
  teamId: team.id,
  teamSlug: team.slug,
  role,
  scopes: ['read', 'generate'],
  principal: person.id,
  via: 'session',
  sessionId: crypto.randomUUID(),
})

beforeEach(async () => {
  team = await makeTeam()
  maker = await makeMember(team.id, 'member')
  const colleague = await makeMember(team.id, 'member')
  cookies = {
    maker: await signInAs(maker),
    colleague: await signInAs(colleague),
    admin: await signInAs(await makeMember(team.id, 'admin')),
  }
  const scopes = { name: 'test', scopes: ['read' as const, 'generate' as const] }
  keys = {
    maker: (await createApiKey(actorOf(maker), scopes)).secret,
    colleague: (await createApiKey(actorOf(colleague), scopes)).secret,
  }
  const { generation, images } = await makeGeneration(actorOf(maker), { prompt: asked.prompt })
  generationId = generation.id
  imageId = images[0]?.id ?? ''
  upstreamId = Math.floor(Math.random() * 2 ** 40)
  await db().image.update({ where: { id: imageId }, data: { upstreamId } })
  await db().generation.update({ where: { id: generationId }, data: { isPrivate: true } })
})

type By = { cookie: string } | { key: string }
const everybody = (): [string, By, boolean][] => [
  ['its maker', { cookie: cookies.maker }, true],
  ['the maker’s key', { key: keys.maker }, true],
  ['an admin', { cookie: cookies.admin }, true],
  ['a colleague', { cookie: cookies.colleague }, false],
  ['a colleague’s key', { key: keys.colleague }, false],
]

/** Whether somebody is given the thing by each way that leads to it. */
async function seen(by: By): Promise<Record<string, boolean>> {
  const get = (handler: Handler, path: string, params: Record<string, string | string[]> = {}) =>
    call(handler, path, { ...by, team: team.slug, params })
  const lists = async (handler: Handler, path: string) =>
    (await (await get(handler, path)).text()).includes(imageId)
  const total = async (search: string) =>
    (await (await get(countImages, `/api/v1/images/counts${search}`)).json()).total === 1
  const other = (await makeGeneration(await makeActor(team, 'viewer'))).images[0]?.id ?? ''
  const around = { ...by, team: team.slug, params: { id: other } }
  const ways = {
    feed: await lists(listGenerations, '/api/v1/generations'),
    byIds: await lists(listGenerations, `/api/v1/generations?ids=${generationId}`),
    generation: (await get(getGeneration, `/api/v1/generations/${generationId}`, { id: generationId })).ok,
    gallery: await lists(listImages, '/api/v1/images'),
    search: await lists(listImages, `/api/v1/images?q=${encodeURIComponent('비밀')}`),
    group: await lists(listImages, `/api/v1/images?generationId=${generationId}`),
    image: (await get(getImage, `/api/v1/images/${imageId}`, { id: imageId })).ok,
    neighbours: await (
      await call(listNeighbours, `/api/v1/images/${other}/neighbours`, around)
    )
      .text()
      .then((text) => text.includes(imageId)),
    ownNeighbours: (await get(listNeighbours, `/api/v1/images/${imageId}/neighbours`, { id: imageId })).ok,
    countsOfSearch: await total(`?q=${encodeURIComponent('비밀')}`),
    counts: await total(`?generationId=${generationId}`),
    thumb: (await get(bytesRoute, `/i/${imageId}/thumb`, { path: [imageId, 'thumb'] })).ok,
    original: (await get(bytesRoute, `/i/${imageId}/original?download`, { path: [imageId, 'original'] })).ok,
  }
  await db().image.delete({ where: { id: other } })
  return ways
}

const all = (value: boolean, ways: Record<string, boolean>) =>
  Object.fromEntries(Object.keys(ways).map((way) => [way, value]))

describe('what is private', () => {
  test('is seen by its maker and admins alone, by every way; once it is published, by the team', async () => {
    for (const [who, by, isSeen] of everybody()) {
      const ways = await seen(by)
      expect({ who, ...ways }).toEqual({ who, ...all(isSeen, ways) })
    }
    const publish = (cookie: string) =>
      call(publishRoute, `/api/v1/generations/${generationId}/publication`, {
        method: 'POST',
        cookie,
        params: { id: generationId },
      })
    expect((await publish(cookies.colleague)).status).toBe(404)
    expect(await (await publish(cookies.maker)).json()).toMatchObject({ private: false })
    for (const [who, by] of everybody()) {
      const ways = await seen(by)
      expect({ who, ...ways }).toEqual({ who, ...all(true, ways) })
    }
    const entries = await db().auditEntry.findMany({ where: { subject: generationId } })
    expect(entries.map(({ act, actorId }) => [act, actorId])).toEqual([['generation.published', maker.id]])
  })

  test('is changed, started from and shared by nobody else', async () => {
    const by = { cookie: cookies.colleague, params: { id: imageId } }
    const path = `/api/v1/images/${imageId}`
    expect((await call(trashImage, path, { ...by, method: 'DELETE' })).status).toBe(404)
    expect((await call(markImage, path, { ...by, method: 'PATCH', body: { favourite: true } })).status).toBe(
      404,
    )
    const from = { ...asked, styleId: undefined, imageId: upstreamId }
    const start = (cookie: string) =>
      call(createRoute, '/api/v1/generations', { method: 'POST', cookie, body: from })
    expect((await start(cookies.colleague)).status).toBe(404)
    expect((await start(cookies.maker)).status).toBe(202)
    const number = { params: { id: String(upstreamId) } }
    expect(
      (await call(numbered, `/api/images/${upstreamId}`, { ...number, key: keys.colleague })).status,
    ).toBe(404)
    const share = (cookie: string) =>
      call(shareRoute, '/api/v1/share-links', {
        method: 'POST',
        cookie,
        body: { target: { kind: 'image', id: imageId } },
      })
    for (const cookie of Object.values(cookies)) expect((await share(cookie)).status).toBe(404)
    await db().generation.update({ where: { id: generationId }, data: { isPrivate: false } })
    expect((await share(cookies.maker)).ok).toBe(true)
  })

  test('is what a team makes that says so, unless the maker says otherwise', async () => {
    await db().team.update({ where: { id: team.id }, data: { isPrivateByDefault: true } })
    const create = async (headers: Record<string, string> = {}) =>
      (
        await call(createRoute, '/api/v1/generations', {
          method: 'POST',
          key: keys.maker,
          body: asked,
          headers,
        })
      ).json()
    expect((await create()).private).toBe(true)
    expect((await create({ 'x-studio-visibility': 'team' })).private).toBe(false)
    await db().team.update({ where: { id: team.id }, data: { isPrivateByDefault: false } })
    expect((await create()).private).toBe(false)
    expect((await create({ 'x-studio-visibility': 'private' })).private).toBe(true)
    expect((await create({ 'x-studio-visibility': 'nobody' })).status).toBe(422)
    const queue = async (cookie: string) =>
      (await (await call(queueRoute, '/api/v1/queue', { cookie })).json()).items.length
    expect([await queue(cookies.maker), await queue(cookies.admin), await queue(cookies.colleague)]).toEqual([
      4, 4, 2,
    ])
  })
})

describe('an image that comes for a private generation', () => {
  test('is private, or is not when it is published meanwhile', async () => {
    const image = (position: number) =>
      db().image.create({
        data: {
          generationId,
          position,
          teamId: team.id,
          accountId: account,
          makerId: maker.id,
          state: 'completed',
          ...{ width: 1, height: 1, ratio: '1:1' },
        },
        select: { id: true, isPrivate: true },
      })
    const { accountId: account } = await db().generation.findUniqueOrThrow({ where: { id: generationId } })
    expect((await image(1)).isPrivate).toBe(true)
    const waiting = () =>
      db().$queryRaw<
        object[]
      >`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.then(
        (rows) => rows.length,
      )
    let coming: Promise<{ id: string }> | undefined
    await db().$transaction(async (tx) => {
      await tx.generation.update({ where: { id: generationId }, data: { isPrivate: false } })
      coming = image(2).then((row) => row) // waits for the row that is being published
      await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 20_000 })
    })
    expect(await coming).toMatchObject({ isPrivate: false })
    expect(await db().image.count({ where: { generationId, isPrivate: true } })).toBe(0)
  })
})

test('a private set is seen and published as a whole', async () => {
  const body = { name: 'Spring', prompt: '감나무', ratios: ['1:1', '9:16'], styles: [101], sample: 1 }
  const made = await call(createSet, '/api/v1/campaign-sets', {
    method: 'POST',
    cookie: cookies.maker,
    body,
    headers: { 'x-studio-visibility': 'private' },
  })
  const { id, private: isPrivate } = await made.json()
  expect(isPrivate).toBe(true)
  const sees = async (cookie: string) => [
    (await call(getSet, `/api/v1/campaign-sets/${id}`, { cookie, params: { id } })).ok,
    (await (await call(listSets, '/api/v1/campaign-sets', { cookie })).json()).items.length === 1,
    (await (await call(listGenerations, '/api/v1/generations?sets=folded', { cookie })).text()).includes(id),
  ]
  expect(await sees(cookies.colleague)).toEqual([false, false, false])
  expect(await sees(cookies.maker)).toEqual([true, true, true])
  const publish = (cookie: string) =>
    call(publishSet, `/api/v1/campaign-sets/${id}/publication`, { method: 'POST', cookie, params: { id } })
  expect((await publish(cookies.colleague)).status).toBe(404)
  expect((await (await publish(cookies.maker)).json()).private).toBe(false)
  const entries = await db().auditEntry.findMany({
    where: { teamId: team.id, act: { in: ['campaign-set.published', 'generation.published'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  const cells = await db().generation.count({ where: { setId: id } })
  const ofSet = entries.filter(({ act, subject }) => act === 'campaign-set.published' || subject === id)
  expect(ofSet.map(({ subject, detail }) => [subject, detail])).toEqual([[id, { count: cells }]])
  expect(await sees(cookies.colleague)).toEqual([true, true, true])
})
