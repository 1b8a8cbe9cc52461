import { beforeEach, describe, expect, test } from 'vitest'
import { call, makeMember, makeTeam, signInAs, type Person, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/pictures'
import { DELETE as revokeKey } from '@/app/api/v1/api-keys/[id]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { GET as referenceRoute } from '@/app/api/v1/references/[id]/bytes/route'
import { GET as styleRoute } from '@/app/api/v1/styles/[id]/thumbnail/route'
import { GET as imageRoute } from '@/app/i/[...path]/route'
import { GET as pictureRoute } from '@/app/s/[token]/i/[imageId]/[variant]/route'
import { GET as archiveRoute } from '@/app/s/[token]/pictures.zip/route'
import { GET as previewRoute } from '@/app/s/[token]/preview.jpg/route'
import type { Actor } from '@/lib/auth/actor'
import { endSession } from '@/lib/auth/sign-in'
import { findSessionId } from '@/lib/auth/session'
import { db } from '@/lib/db'
import { createShareLinkInput } from '@/lib/share-links/schema'
import { createShareLink, revokeShareLink, updateShareLink } from '@/lib/share-links/server'

type Ask = () => Promise<Response>
let team: TestTeam
let maker: Actor
let person: Person
let cookie: string
let imageIds: string[]

beforeEach(async () => {
  team = await makeTeam()
  maker = await makeActor(team, 'member')
  person = await makeMember(team.id, 'member')
  cookie = await signInAs(person)
  imageIds = (await makeGeneration(maker, { count: 2 })).images.map(({ id }) => id)
})

/** Every route that gives bytes to somebody of the team, as that somebody asks. */
async function memberRoutes(by: { cookie?: string; key?: string }): Promise<Ask[]> {
  const id = imageIds[0] ?? ''
  const image = await db().image.findUniqueOrThrow({ where: { id } })
  const kept = { teamId: team.id, accountId: image.accountId }
  const reference = await db().reference.create({
    data: { ...kept, makerId: maker.userId, path: `1/${crypto.randomUUID()}.png`, blobId: image.blobId },
  })
  const style = await db().style.create({
    data: {
      ...kept,
      styleId: Math.floor(Math.random() * 2 ** 40),
      nameKo: '이름',
      nameEn: 'Name',
      thumbnailId: image.blobId,
    },
  })
  const picture = (path: string) => () => call(imageRoute, `/i/${id}/${path}`, by)
  return [
    ...['thumb', 'original', 'original?download', 'original?download=png'].map(picture),
    () => call(referenceRoute, '/?size=thumb', { ...by, params: { id: reference.id } }),
    () => call(referenceRoute, '/?size=original', { ...by, params: { id: reference.id } }),
    () => call(styleRoute, '/', { ...by, params: { id: style.id } }),
  ]
}

async function share() {
  const input = createShareLinkInput.parse({ target: { kind: 'selection', ids: imageIds } })
  const { id, url } = await createShareLink(maker, input)
  const token = url?.split('/s/')[1] ?? ''
  const picture =
    (variant: string, search = '') =>
    () =>
      call(pictureRoute, `/${search}`, { params: { token, imageId: imageIds[0] ?? '', variant } })
  const routes: Ask[] = [
    picture('thumb'),
    picture('preview'),
    picture('original'),
    picture('original', '?download'),
    () => call(previewRoute, '/', { params: { token } }),
    () => call(archiveRoute, '/', { params: { token } }),
  ]
  return { id, routes }
}

const statuses = async (routes: Ask[]) => {
  const all: number[] = []
  for (const ask of routes) all.push((await ask()).status)
  return [...new Set(all)]
}

describe('what was seen once is seen no more', () => {
  test.each(['session ended', 'member disabled', 'member removed', 'person disabled', 'team deleted'])(
    'by somebody of the team: %s',
    async (how) => {
      const routes = await memberRoutes({ cookie })
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
    const made = await call(createKey, '/', { method: 'POST', cookie, body: { name: 'k', scopes: ['read'] } })
    const { id, secret } = await made.json()
    const routes = await memberRoutes({ key: secret })
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
    'pictures thrown away',
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
    if (how === 'pictures thrown away')
      await db().image.updateMany({ where: { id: { in: imageIds } }, data: { deletedAt: gone } })
    const ofMaker = { userId: maker.userId }
    if (how === 'maker disabled')
      await db().membership.updateMany({ where: ofMaker, data: { disabledAt: gone } })
    if (how === 'maker removed') await db().membership.deleteMany({ where: ofMaker })
    if (how === 'team deleted') await db().team.update({ where: { id: team.id }, data: { deletedAt: gone } })
    expect((await statuses(routes)).filter((status) => status < 400)).toEqual([])
  })
})
