import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DELETE as deleteKey } from '@/app/api/v1/api-keys/[id]/route'
import { DELETE as deleteMember } from '@/app/api/v1/members/[id]/route'
import { DELETE as deleteSession } from '@/app/api/v1/sessions/[id]/route'
import { GET as fallback } from '@/app/i/[...path]/route'
import { blobFile } from '@/e2e/support/blob-files'
import { call, makeMember, makeTeam, signInAs, type Person, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { answerImage } from '@/lib/images/answer'
import { makeMissingThumbnails } from '@/lib/images/background'
import { db } from '@/lib/platform/db'
import { publish, startListening, stopListening } from '@/lib/platform/events'
import { newToken, tokenHash } from '@/lib/platform/secret'
import { storeBlob } from '@/lib/platform/storage'

const server = http.createServer((request, response) => {
  if (!answerImage(request, response)) response.writeHead(599).end()
})
let url: string
let team: TestTeam
let person: Person
let cookie: string
let id: string
let generationId: string

beforeAll(async () => {
  await startListening('studio-test')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // a server that listens on a port has an address with that port
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await stopListening()
})
beforeEach(async () => {
  team = await makeTeam()
  person = await makeMember(team.id, 'viewer')
  cookie = await signInAs(person)
  const { generation, images } = await makeGeneration(await makeActor(team, 'member'), {
    width: 900,
    height: 600,
  })
  id = images[0]?.id ?? ''
  generationId = generation.id
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url + path, { method, headers: { cookie, ...headers } })
const original = (headers: Record<string, string> = {}, search = '') =>
  get(`/i/${id}/original${search}`, headers)
const blobOf = async () =>
  (await db().image.findUniqueOrThrow({ where: { id }, include: { blob: true } })).blob

describe('an image’s bytes', () => {
  test('are named by their content, kept for ever by this browser alone, and never run', async () => {
    const answer = await original()
    const blob = await blobOf()
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(blob?.sizeBytes),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      etag: `"${blob?.sha256}"`,
    })
    expect((await answer.arrayBuffer()).byteLength).toBe(blob?.sizeBytes)
  })

  test('are not sent twice, nor for HEAD', async () => {
    const etag = (await original()).headers.get('etag') ?? ''
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await original({ 'if-none-match': tag })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    }
    const head = await get(`/i/${id}/original`, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([
      200,
      String((await blobOf())?.sizeBytes),
    ])
  })

  test('come in parts, unless they have changed meanwhile', async () => {
    const whole = Buffer.from(await (await original()).arrayBuffer())
    const part = await original({ range: 'bytes=10-19' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 20))
    expect((await original({ range: 'bytes=10-19', 'if-range': '"other"' })).status).toBe(200)
    expect((await original({ range: `bytes=${whole.length}-` })).status).toBe(416)
  })

  test('are streamed from disk when they are large', async () => {
    const bytes = randomBytes(2_000_000)
    const { sha256, sizeBytes } = await storeBlob(team.id, bytes)
    const blob = await db().blob.create({
      data: { teamId: team.id, sha256, sizeBytes, mimeType: 'image/webp' },
    })
    await db().image.update({ where: { id }, data: { blobId: blob.id } })
    expect(bytes.equals(Buffer.from(await (await original()).arrayBuffer()))).toBe(true)
    const part = await original({ range: 'bytes=-5' })
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(-5))
  })

  test('are the original’s, asked again, until there is a thumbnail', async () => {
    const before = await get(`/i/${id}/thumb`)
    expect([before.status, before.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
    await before.arrayBuffer()
    await makeMissingThumbnails()
    await expect
      .poll(async () => (await get(`/i/${id}/thumb`)).headers.get('cache-control'))
      .toContain('immutable')
    const thumb = await get(`/i/${id}/thumb`)
    expect((await sharp(Buffer.from(await thumb.arrayBuffer())).metadata()).height).toBe(480)
  })

  test('are there while the image is in the trash, 503 when they are missing, and 404 when they were let go', async () => {
    await db().image.update({ where: { id }, data: { deletedAt: new Date() } })
    expect((await original()).status).toBe(200)
    const other = await makeGeneration(await makeActor(team, 'member'), { width: 50, height: 50 })
    const lost = other.images[0]?.id ?? ''
    const row = await db().image.findUniqueOrThrow({ where: { id: lost }, include: { blob: true } })
    await rm(blobFile(team.id, row.blob?.sha256 ?? ''))
    expect((await get(`/i/${lost}/original`)).status).toBe(503)
    await db().image.update({ where: { id: lost }, data: { blobId: null } })
    await publish(db(), { team: team.id, kind: 'image', id: other.generation.id })
    await expect.poll(async () => (await get(`/i/${lost}/original`)).status).toBe(404)
  })

  test('of an image that upstream blurred are blurred under every address, and not for download', async () => {
    await db().image.update({ where: { id }, data: { blurReason: 'nsfw' } })
    const blob = await blobOf()
    for (const variant of ['original', 'thumb']) {
      const answer = await get(`/i/${id}/${variant}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('etag')).not.toContain(blob?.sha256)
      await answer.arrayBuffer()
    }
    expect((await original({}, '?download=png')).status).toBe(404)
  })

  test.each(['POST', 'DELETE', 'PUT'])('are read-only: %s is refused', async (method) => {
    expect((await get(`/i/${id}/original`, {}, method)).status).toBe(405)
  })

  test('are the same from the route behind', async () => {
    const answer = await call(fallback, `/i/${id}/original`, { cookie })
    expect(answer.headers.get('etag')).toBe(`"${(await blobOf())?.sha256}"`)
    expect((await answer.arrayBuffer()).byteLength).toBe((await blobOf())?.sizeBytes)
  })
})

describe('downloads', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('come as %s under a readable name', async (format) => {
    await db().generation.update({
      where: { id: generationId },
      data: { prompt: '감나무 "아래"/..\r\nx: y' },
    })
    const answer = await original({}, `?download=${format}`)
    const { format: found, width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    expect([found, width]).toEqual([format, 900])
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/)
    expect(decodeURIComponent(disposition)).toContain('감나무-아래')
  })
})

describe('those who may see them', () => {
  test('are the team’s: others, nobody and nonsense get the same 404', async () => {
    const other = await makeTeam('Other')
    const theirs = await signInAs(other.owner)
    for (const headers of [{ cookie: theirs }, { cookie: '' }, { cookie: 'next-auth.session-token=x' }])
      expect((await original(headers)).status).toBe(404)
    for (const path of [`/i/${crypto.randomUUID()}/thumb`, '/i/x/thumb', `/i/${id}/raw`, '/i/../api/health'])
      expect([404, 599]).toContain((await get(path)).status)
  })

  test('lose them with the next request when the session ends', async () => {
    expect((await original()).status).toBe(200)
    expect((await original()).status).toBe(200)
    const session = await db().session.findFirstOrThrow({ where: { userId: person.id } })
    await remove(deleteSession, `/api/v1/sessions/${session.id}`, { cookie, id: session.id })
    expect((await original()).status).toBe(404)
  })

  test('lose them with the next request when they leave the team', async () => {
    expect((await original()).status).toBe(200)
    await remove(deleteMember, `/api/v1/members/${person.id}`, {
      cookie: await signInAs(team.owner),
      id: person.id,
    })
    expect((await original()).status).toBe(404)
  })

  test('include a key of the team that may read, until it is revoked', async () => {
    const { key, keyId } = await makeKey(['read'])
    const byKey = (secret: string) => original({ cookie: '', 'x-api-key': secret })
    expect((await byKey(key)).status).toBe(200)
    expect((await byKey('fs_wrong')).status).toBe(404)
    expect((await byKey((await makeKey(['generate'])).key)).status).toBe(404)
    await remove(deleteKey, `/api/v1/api-keys/${keyId}`, { cookie: await signInAs(team.owner), id: keyId })
    expect((await byKey(key)).status).toBe(404)
  })

  test('are asked of the database each time while events may be missed', async () => {
    expect((await original()).status).toBe(200)
    await stopListening()
    await db().session.updateMany({ where: { userId: person.id }, data: { endedAt: new Date() } })
    expect((await original()).status).toBe(404)
    await startListening('studio-test')
  })
})

async function remove(
  handler: Parameters<typeof call>[0],
  path: string,
  { cookie: by, id: gone }: { cookie: string; id: string },
) {
  const answer = await call(handler, path, {
    method: 'DELETE',
    cookie: by,
    team: team.slug,
    params: { id: gone },
  })
  expect(answer.status).toBe(204)
}

async function makeKey(scopes: string[]) {
  const key = `fs_${newToken()}`
  const data = { teamId: team.id, creatorId: team.owner.id, name: 'k', prefix: key.slice(0, 9), scopes }
  const row = await db().apiKey.create({ data: { ...data, sha256: tokenHash(key) } })
  return { key, keyId: row.id }
}
