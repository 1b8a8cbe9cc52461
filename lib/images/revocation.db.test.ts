import { beforeEach, describe, expect, test } from 'vitest'
import { DELETE as revokeKey } from '@/app/api/v1/api-keys/[id]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { rows } from '@/e2e/support/authorization'
import { loadHandlers } from '@/e2e/support/handlers'
import {
  call,
  makeMember,
  makeTeam,
  signInAs,
  type CallOptions,
  type Person,
  type TestTeam,
} from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { findSessionId } from '@/lib/access/session'
import { endSession } from '@/lib/account/sign-in'
import { hashRequest } from '@/lib/generations/create'
import { purgeBytes } from '@/lib/images/purge'
import { TRASH_DAYS } from '@/lib/images/limits'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { createShareLinkInput } from '@/lib/share-links/schema'
import { createShareLink, revokeShareLink, updateShareLink } from '@/lib/share-links/server'
import { createImageRequest } from '@/lib/upstream/schema'

type Ask = () => Promise<Response>
let team: TestTeam
let maker: Actor
let person: Person
let cookie: string
let imageIds: string[]

beforeEach(async () => {
  team = await makeTeam()
  maker = await makeActor(team, 'member')
  person = await makeMember(team.id, 'admin')
  cookie = await signInAs(person)
  imageIds = (await makeGeneration(maker, { count: 2 })).images.map(({ id }) => id)
})

const handlers = await loadHandlers()
/** Routes outside `app/api`, which no row of the authorization speaks of, that give no image. */
const IMAGELESS = ['GET /s/[token]/seen.gif', 'HEAD /s/[token]/seen.gif', 'POST /s/[token]/unlock']

type By = { cookie?: string; key?: string }
type Walked = Record<string, (CallOptions & { search?: string })[]>

const asks = (walked: Walked, by: By = {}): Ask[] =>
  Object.entries(walked).flatMap(([route, calls]) => {
    const [method = '', path = ''] = route.split(' ')
    return calls.map(({ search = '', ...options }) => () => {
      const handler = handlers.get(route)
      if (!handler) throw new Error(`There is no ${route}.`)
      // the image's own address is read from the URL
      const address = path.startsWith('/i/') ? `/i/${String(options.params?.path)}` : path
      return call(handler, address.replaceAll(',', '/') + search, { method, ...options, ...by })
    })
  })

/** Every route that gives bytes to somebody of the team, with what that somebody asks for. */
async function memberRoutes(principal: string): Promise<Walked> {
  const id = imageIds[0] ?? ''
  const image = await db().image.findUniqueOrThrow({ where: { id } })
  const kept = { teamId: team.id, accountId: image.accountId }
  const reference = await db().reference.create({
    data: { ...kept, makerId: maker.userId, path: `1/${crypto.randomUUID()}.png`, blobId: image.blobId },
  })
  const styleId = Math.floor(Math.random() * 2 ** 40)
  const names = { styleId, nameKo: '이름', nameEn: 'Name', thumbnailId: image.blobId }
  const style = await db().style.create({ data: { ...kept, ...names } })
  const { body, upstreamId } = await paidFor(image.generationId, principal)
  const refused = await makeGeneration(maker)
  await db().generation.update({
    where: { id: refused.generation.id },
    data: { answer: 'bytes as they came', answerStatus: 201, status: 'unknown' },
  })
  const fileOf = (variant: string, search = '') => ({ params: { path: [id, variant] }, search })
  return {
    'GET /i/[...path]': [
      ...[fileOf('thumb'), fileOf('original')],
      ...['?download', '?download=png'].map((search) => fileOf('original', search)),
    ],
    'HEAD /i/[...path]': [fileOf('original')],
    'GET /api/v1/references/[id]/bytes': ['thumb', 'original'].map((size) => ({
      params: { id: reference.id },
      search: `?size=${size}`,
    })),
    'GET /api/v1/styles/[id]/thumbnail': [{ params: { id: style.id } }],
    'GET /api/v1/generations/[id]/answer': [{ params: { id: refused.generation.id } }],
    'GET /api/images/[id]': [{ params: { id: String(upstreamId) } }],
    'POST /api/images/create': [
      { body, headers: { 'idempotency-key': 'once' } },
      { body: { ...body, prompt: 'left' } }, // joins what its client left
    ],
  }
}

/** Makes the generation one that `principal` asked for on Flamel's paths, and one beside it whose client left. */
async function paidFor(id: string, principal: string) {
  const body = { prompt: 'replayed', ratio: '1:1', styleId: 101, sample: 2 }
  const upstreamId = Math.floor(Math.random() * 2 ** 40)
  const answer = JSON.stringify({ images: [{ imageId: upstreamId }, { imageId: 0 }] })
  const asked = (prompt: string) => ({
    ...{ principal, answer, answerStatus: 201, isDropIn: true },
    requestHash: hashRequest({ request: createImageRequest.parse({ ...body, prompt }) }),
  })
  await db().generation.update({ where: { id }, data: { ...asked(body.prompt), idempotencyKey: 'once' } })
  await db().image.update({ where: { id: imageIds[0] }, data: { upstreamId } })
  const left = await makeGeneration(maker, { count: 2 })
  const data = { ...asked('left'), abandonedAt: new Date() }
  await db().generation.update({ where: { id: left.generation.id }, data })
  return { body, upstreamId }
}

async function share() {
  const input = createShareLinkInput.parse({ target: { kind: 'selection', ids: imageIds } })
  const { id, url } = await createShareLink(maker, input)
  const token = url?.split('/s/')[1] ?? ''
  const fileOf = (variant: string, search?: string) => ({
    params: { token, imageId: imageIds[0] ?? '', variant },
    search,
  })
  const walked: Walked = {
    'GET /s/[token]/i/[imageId]/[variant]': [
      ...['thumb', 'preview', 'original'].map((variant) => fileOf(variant)),
      fileOf('original', '?download'),
    ],
    'GET /s/[token]/preview.jpg': [{ params: { token } }],
    'GET /s/[token]/images.zip': [{ params: { token } }],
  }
  return { id, walked, routes: asks(walked) }
}

const statuses = async (routes: Ask[]) => {
  const all: number[] = []
  for (const ask of routes) {
    const response = await ask()
    await response.arrayBuffer()
    all.push(response.status === 201 ? 200 : response.status) // a create
  }
  return [...new Set(all)]
}

test('every route that may give an image is walked here', async () => {
  const walked = { ...(await memberRoutes(person.id)), ...(await share()).walked }
  const guarded = rows.filter(({ hasImage }) => hasImage).map(({ route }) => route)
  const others = [...handlers.keys()].filter((route) => !route.includes(' /api/'))
  const expected = [...guarded, ...others.filter((route) => !IMAGELESS.includes(route))]
  expect(Object.keys(walked).sort()).toEqual([...new Set(expected)].sort())
})

describe('what was seen once is seen no more', () => {
  test.each(['session ended', 'member disabled', 'member removed', 'person disabled', 'team deleted'])(
    'by somebody of the team: %s',
    async (how) => {
      const routes = asks(await memberRoutes(person.id), { cookie })
      expect(await statuses(routes)).toEqual([200])
      const where = { teamId_userId: { teamId: team.id, userId: person.id } }
      const gone = new Date()
      if (how === 'session ended') await endSession((await findSessionId(new Headers({ cookie }))) ?? '')
      if (how === 'member disabled') await db().membership.update({ where, data: { disabledAt: gone } })
      if (how === 'member removed') await db().membership.delete({ where })
      if (how === 'person disabled')
        await db().user.update({ where: { id: person.id }, data: { disabledAt: gone } })
      if (how === 'team deleted')
        await db().team.update({ where: { id: team.id }, data: { deletedAt: gone } })
      expect((await statuses(routes)).filter((status) => status < 400)).toEqual([])
    },
  )

  test.each(['revoked', 'over', 'its maker disabled'])('by a key: %s', async (how) => {
    const owner = await signInAs(team.owner)
    const made = await call(createKey, '/', {
      method: 'POST',
      cookie,
      body: { name: 'k', scopes: ['read', 'generate', 'manage'] },
    })
    const { id, secret } = await made.json()
    const routes = asks(await memberRoutes(`key:${id}`), { key: secret })
    expect(await statuses(routes)).toEqual([200])
    if (how === 'revoked') await call(revokeKey, '/', { method: 'DELETE', cookie: owner, params: { id } })
    if (how === 'over')
      await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    if (how === 'its maker disabled')
      await db().membership.updateMany({ where: { userId: person.id }, data: { disabledAt: new Date() } })
    expect((await statuses(routes)).filter((status) => status < 400)).toEqual([])
  })

  test.each([
    'link revoked',
    'link over',
    'password set',
    'images thrown away',
    'maker disabled',
    'maker removed',
    'team deleted',
  ])('by the visitors of a link: %s', async (how) => {
    const { id, routes } = await share()
    expect(await statuses(routes)).toEqual([200])
    const gone = new Date(Date.now() - 1)
    if (how === 'link revoked') await revokeShareLink(maker, id)
    if (how === 'link over') await db().shareLink.update({ where: { id }, data: { expiresAt: gone } })
    if (how === 'password set') await updateShareLink(maker, id, { password: 'persimmon' })
    if (how === 'images thrown away')
      await db().image.updateMany({ where: { id: { in: imageIds } }, data: { deletedAt: gone } })
    const ofMaker = { userId: maker.userId }
    if (how === 'maker disabled')
      await db().membership.updateMany({ where: ofMaker, data: { disabledAt: gone } })
    if (how === 'maker removed') await db().membership.deleteMany({ where: ofMaker })
    if (how === 'team deleted') await db().team.update({ where: { id: team.id }, data: { deletedAt: gone } })
    expect((await statuses(routes)).filter((status) => status < 400)).toEqual([])
  })

  test('by anybody, once what was thrown away is let go', async () => {
    const { routes: visitors } = await share()
    const walked = Object.entries(await memberRoutes(person.id)).filter(([route]) => !route.includes('/v1/'))
    const longAgo = new Date(Date.now() - (TRASH_DAYS + 1) * DAY_MS)
    await db().image.updateMany({ where: { teamId: team.id }, data: { deletedAt: longAgo } })
    await purgeBytes()
    for (const ask of [...visitors, ...asks(Object.fromEntries(walked), { cookie })]) {
      const response = await ask()
      const entries: { base64: string }[] = response.status === 201 ? (await response.json()).images : []
      expect(response.status === 201 || response.status >= 400).toBe(true)
      expect(entries.filter(({ base64 }) => base64 !== '')).toEqual([])
    }
  })
})
