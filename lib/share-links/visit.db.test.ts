import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { GET as getImage } from '@/app/s/[token]/i/[imageId]/[variant]/route'
import { GET as getArchive } from '@/app/s/[token]/images.zip/route'
import { GET as getPreview } from '@/app/s/[token]/preview.jpg/route'
import { GET as getSeen, HEAD as headSeen } from '@/app/s/[token]/seen.gif/route'
import { POST as postUnlock } from '@/app/s/[token]/unlock/route'
import { cookiesFrom, makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { letPass } from '@/e2e/support/sign-in-throttle'
import type { Actor } from '@/lib/access/actor'
import { readImageHeader } from '@/lib/images/image-header'
import { renditionOf } from '@/lib/images/renditions'
import { db } from '@/lib/platform/db'
import { storeBlob } from '@/lib/platform/storage'
import { readPublicPage } from '@/lib/share-links/public-page'
import { createShareLinkInput } from '@/lib/share-links/schema'
import { createShareLink, revokeShareLink, updateShareLink } from '@/lib/share-links/server'

let member: Actor
let imageIds: string[]
let generationId: string

beforeEach(async () => {
  member = await makeActor(await makeTeam(), 'member')
  const { generation, images } = await makeGeneration(member, { count: 2, width: 1_200, height: 800 })
  generationId = generation.id
  imageIds = images.map((image) => image.id)
})

async function open(more: object = {}) {
  const target = { kind: 'generation', id: generationId }
  const link = await createShareLink(member, createShareLinkInput.parse({ target, ...more }))
  return { id: link.id, token: link.url?.split('/s/')[1] ?? '' }
}

type Asked = { headers?: Record<string, string>; search?: string; imageId?: string; variant?: string }

function image(token: string, { headers = {}, search = '', imageId, variant = 'thumb' }: Asked = {}) {
  const params = { token, imageId: imageId ?? imageIds[0] ?? '', variant }
  const path = `/s/${token}/i/${params.imageId}/${variant}${search}`
  return getImage(ask(path, { headers }), { params: Promise.resolve(params) })
}

const ask = (path: string, init: RequestInit = {}) => new Request(`http://127.0.0.1:3000${path}`, init)
const preview = (token: string) =>
  getPreview(ask(`/s/${token}/preview.jpg`), { params: Promise.resolve({ token }) })
const unlock = (token: string, password: string, address = '203.0.113.5') =>
  postUnlock(
    ask(`/s/${token}/unlock`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address },
      body: new URLSearchParams({ password }).toString(),
    }),
    { params: Promise.resolve({ token }) },
  )

describe('an image behind a link', () => {
  test('is answered in three sizes, for nobody’s cache but the browser’s, and not twice', async () => {
    const { token } = await open()
    const widths = []
    for (const variant of ['thumb', 'preview', 'original']) {
      const answer = await image(token, { variant })
      expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      widths.push((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width)
      const etag = answer.headers.get('etag') ?? ''
      const again = await image(token, { variant, headers: { 'if-none-match': etag } })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    }
    expect(widths).toEqual([960, 1_200, 1_200])
  })

  test('is made smaller once for all who ask for it at the same time', async () => {
    const source = await db().blob.findFirstOrThrow({ where: { images: { some: { id: imageIds[0] } } } })
    const made = await Promise.all([1, 2, 3].map(() => renditionOf(source, 'preview')))
    expect(new Set(made.map(({ bytes }) => bytes)).size).toBe(1)
  })

  test('is made smaller however many pixels it was received with', async () => {
    const size = { width: 9_000, height: 9_000 }
    const bytes = await sharp({ create: { ...size, channels: 3, background: 'teal' } })
      .png({ compressionLevel: 1 })
      .toBuffer()
    expect(await readImageHeader(bytes)).toMatchObject(size)
    const large = { ...(await storeBlob(member.teamId, bytes)), teamId: member.teamId, mimeType: 'image/png' }
    const blob = await db().blob.create({ data: large })
    await db().image.updateMany({ where: { id: imageIds[0] }, data: { ...size, blobId: blob.id } })
    const { token } = await open()
    expect((await image(token)).status).toBe(200)
    expect((await preview(token)).status).toBe(200)
  })

  test('is offered to the browser in the sizes that differ', async () => {
    const srcSetOf = async (token: string) => {
      const page = await readPublicPage(token, new Headers())
      return page.state === 'open' ? page.images[0]?.srcSet : page.state
    }
    const { token } = await open()
    expect(await srcSetOf(token)).toMatch(/preview 1200w, \S+thumb 960w$/)
    const { generation } = await makeGeneration(member, { width: 800, height: 600 })
    const target = { kind: 'generation', id: generation.id }
    expect(await srcSetOf((await open({ target })).token)).toMatch(/^\S+thumb 800w$/)
  })

  test('is gone with the next request after revoking, also for a browser that has it', async () => {
    const { id, token } = await open()
    const etag = (await image(token)).headers.get('etag') ?? ''
    await revokeShareLink(member, id)
    expect((await image(token)).status).toBe(404)
    expect((await image(token, { headers: { 'if-none-match': etag } })).status).toBe(404)
    expect((await preview(token)).status).toBe(404)
  })

  test('is gone when the link’s time is over', async () => {
    const { id, token } = await open({ expiresInDays: 1 })
    expect((await image(token)).status).toBe(200)
    await db().shareLink.update({ where: { id }, data: { expiresAt: new Date() } })
    expect((await image(token)).status).toBe(404)
  })

  test('is gone while it lies in the trash, and back when restored', async () => {
    const { token } = await open()
    const where = { id: imageIds[0] }
    await db().image.update({ where, data: { deletedAt: new Date() } })
    expect((await image(token)).status).toBe(404)
    await db().image.update({ where, data: { deletedAt: null } })
    expect((await image(token)).status).toBe(200)
  })

  test('is never one that upstream blurred', async () => {
    const { token } = await open()
    await db().image.update({ where: { id: imageIds[0] }, data: { blurReason: 'nsfw' } })
    expect((await image(token)).status).toBe(404)
  })

  test('is only one of the link’s own', async () => {
    const { token } = await open()
    const other = await makeGeneration(member)
    const answers = [other.images[0]?.id ?? '', crypto.randomUUID(), '../../secret', '%'].map((imageId) =>
      image(token, { imageId }),
    )
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([404, 404, 404, 404])
    expect((await image(token, { variant: 'raw' })).status).toBe(404)
  })

  test('cannot be found by guessing tokens', async () => {
    await open()
    const guesses = Array.from({ length: 200 }, () => randomBytes(32).toString('base64url'))
    const odd = ['', 'x', '../', 'A'.repeat(5_000), '\u0000', "' OR 1=1 --"]
    for (const token of [...guesses, ...odd]) expect((await image(token)).status).toBe(404)
  })

  test('downloads under a readable name when that is allowed', async () => {
    const { token } = await open({ title: '봄 차 / "2027"\r\n' })
    const answer = await image(token, { variant: 'original', search: '?download', imageId: imageIds[1] })
    const name = encodeURIComponent('봄-차-2027-02.webp')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"; /)
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${name}`)
  })

  test('gives neither the file nor its full size when downloads are off', async () => {
    const { id, token } = await open({ allowDownload: false })
    expect((await image(token, { variant: 'original' })).status).toBe(404)
    expect((await image(token, { search: '?download' })).status).toBe(404)
    expect((await image(token, { variant: 'preview' })).status).toBe(200)
    await updateShareLink(member, id, { allowDownload: true })
    expect((await image(token, { variant: 'original' })).status).toBe(200)
  })
})

describe('all images at once', () => {
  const archive = (token: string) =>
    getArchive(ask(`/s/${token}/images.zip`), { params: Promise.resolve({ token }) })

  test('come as one file of the originals, as long as downloads are allowed and the link stands', async () => {
    const { id, token } = await open({ title: '봄 차' })
    const answer = await archive(token)
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('봄-차.zip'))
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(-22).readUInt16LE(10)).toBe(2)
    expect(bytes.includes(Buffer.from('봄-차-02.webp'))).toBe(true)
    await updateShareLink(member, id, { allowDownload: false })
    expect((await archive(token)).status).toBe(404)
    await updateShareLink(member, id, { allowDownload: true })
    await revokeShareLink(member, id)
    expect((await archive(token)).status).toBe(404)
  })

  test('wait for the password', async () => {
    const { token } = await open({ password: 'persimmon' })
    expect((await archive(token)).status).toBe(404)
  })
})

describe('a link with a password', () => {
  test('shows nothing until the password was given in this browser', async () => {
    const { token } = await open({ password: '감나무 아래' })
    expect((await image(token)).status).toBe(404)
    const wrong = await unlock(token, '감나무 위')
    expect([wrong.status, wrong.headers.get('location')]).toEqual([303, `/s/${token}?tried=wrong`])
    const right = await unlock(token, '감나무 아래')
    const setCookie = right.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(new RegExp(`Path=/s/${token}; Max-Age=\\d+; HttpOnly; SameSite=Lax`))
    expect((await image(token, { headers: { cookie: cookiesFrom(right) } })).status).toBe(200)
  })

  test('forgets every browser when the password changes', async () => {
    const { id, token } = await open({ password: 'first password' })
    const cookie = cookiesFrom(await unlock(token, 'first password'))
    expect((await image(token, { headers: { cookie } })).status).toBe(200)
    await updateShareLink(member, id, { password: 'second password' })
    expect((await image(token, { headers: { cookie } })).status).toBe(404)
  })

  test('does not open by another link’s cookie', async () => {
    const one = await open({ password: 'the same words' })
    const two = await open({ password: 'the same words' })
    const cookie = cookiesFrom(await unlock(one.token, 'the same words'))
    const forged = cookie.replace(one.id, two.id)
    expect((await image(two.token, { headers: { cookie: forged } })).status).toBe(404)
  })

  test('slows guessing down, for the one who guesses only', async () => {
    const { token } = await open({ password: 'persimmon' })
    const tries = await Promise.all(Array.from({ length: 12 }, (_, place) => unlock(token, `guess ${place}`)))
    const waits = tries.filter((one) => one.headers.get('location')?.includes('tried=wait'))
    expect(waits.length).toBeGreaterThanOrEqual(6)
    await db().$executeRaw`UPDATE "SignInThrottle" SET "updatedAt" = now() + interval '1 minute'` // a slow machine does not sit the wait out
    expect((await unlock(token, 'persimmon')).headers.get('location')).toContain('tried=wait')
    expect((await unlock(token, 'persimmon', '203.0.113.77')).headers.get('set-cookie')).toContain('HttpOnly')
  })

  test('slows guessing from many addresses too, for a minute at most, and then opens for who knows it', async () => {
    const { id, token } = await open({ password: 'persimmon' })
    const elsewhere = await open({ password: 'persimmon' })
    const guess = (serial: number) => unlock(token, `guess ${serial}`, `198.51.100.${serial}`)
    const tries = await Promise.all(Array.from({ length: 60 }, (_, serial) => guess(serial)))
    const saying = (words: string) => tries.filter((one) => one.headers.get('location')?.includes(words))
    expect([saying('tried=wrong').length, saying('tried=wait').length]).toEqual([40, 20])
    for (let serial = 100; serial < 110; serial += 1) {
      await letPass(60)
      expect((await guess(serial)).headers.get('location')).toContain('tried=wrong')
    }
    const told = (await unlock(token, 'persimmon', '192.0.2.1')).headers.get('location') ?? ''
    expect(Number(/tried=wait&s=(\d+)/.exec(told)?.[1])).toBeLessThanOrEqual(60)
    await letPass(60)
    expect((await unlock(token, 'persimmon', '192.0.2.1')).headers.get('set-cookie')).toContain(id)
    expect((await unlock(elsewhere.token, 'persimmon')).headers.get('set-cookie')).toContain('HttpOnly')
  })

  test('has no preview card', async () => {
    const { token } = await open({ password: 'persimmon' })
    expect((await preview(token)).status).toBe(404)
    const cookie = cookiesFrom(await unlock(token, 'persimmon'))
    const asked = ask(`/s/${token}/preview.jpg`, { headers: { cookie } })
    expect((await getPreview(asked, { params: Promise.resolve({ token }) })).status).toBe(404)
  })

  test('does not swallow a body that is no form', async () => {
    const { token } = await open({ password: 'persimmon' })
    expect((await unlock(token, 'x'.repeat(5_000))).status).toBe(413)
  })
})

describe('the preview card', () => {
  test('is a JPEG of 1200 × 630 made of the images that are shown now', async () => {
    const { token } = await open()
    const answer = await preview(token)
    const { format, width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    expect([format, width, height]).toEqual(['jpeg', 1200, 630])
    const before = answer.headers.get('etag')
    await db().image.update({ where: { id: imageIds[0] }, data: { deletedAt: new Date() } })
    expect((await preview(token)).headers.get('etag')).not.toBe(before)
  })
})

describe('views', () => {
  const seen = (token: string, agent: string) =>
    getSeen(ask(`/s/${token}/seen.gif`, { headers: { 'user-agent': agent } }), {
      params: Promise.resolve({ token }),
    })
  const count = async (id: string) => (await db().shareLink.findUniqueOrThrow({ where: { id } })).viewCount
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1'

  test('count people, each time, and neither bots nor HEAD requests', async () => {
    const { id, token } = await open()
    const agents = [
      'facebookexternalhit/1.1',
      'Slackbot-LinkExpanding 1.0',
      'kakaotalk-scrap/1.0',
      'curl/8.1',
    ]
    for (const agent of agents) await seen(token, agent)
    await headSeen(ask(`/s/${token}/seen.gif`, { method: 'HEAD', headers: { 'user-agent': phone } }), {
      params: Promise.resolve({ token }),
    })
    expect(await count(id)).toBe(0)
    await Promise.all(Array.from({ length: 5 }, () => seen(token, phone)))
    expect(await count(id)).toBe(5)
  })

  test('do not count for a link that is locked or over, and the answer does not tell', async () => {
    const locked = await open({ password: 'persimmon' })
    const answers = [await seen(locked.token, phone), await seen('no such token', phone)]
    expect(await count(locked.id)).toBe(0)
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  })
})
