import { readdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as getBytes } from '@/app/api/v1/references/[id]/bytes/route'
import { POST as restoreRoute } from '@/app/api/v1/references/[id]/restoration/route'
import { DELETE as deleteRoute } from '@/app/api/v1/references/[id]/route'
import { GET as listRoute, POST as postReference } from '@/app/api/v1/references/route'
import { call, makeMember, makeTeam, ORIGIN, signInAs, type TestTeam } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import type { Reference, ReferenceList } from '@/lib/references/schema'
import { purgeReferences } from '@/lib/references/server'
import { withUploadedFile } from '@/lib/references/upload'

let upstream: Server
let taken: Buffer<ArrayBuffer>[] = []
let team: TestTeam
let cookie: string

beforeAll(async () => {
  upstream = createServer(async (request, response) => {
    const chunks: Buffer<ArrayBuffer>[] = []
    for await (const chunk of request) chunks.push(chunk)
    taken.push(Buffer.concat(chunks))
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ image: `1/reference-${taken.length}-${Date.now()}.webp` }))
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  // Node's own type: a TCP server that listens has an AddressInfo.
  process.env.SANDBOX_PORT = String((upstream.address() as AddressInfo).port)
})

afterAll(() => upstream.close())

beforeEach(async () => {
  taken = []
  team = await makeTeam()
  cookie = await signInAs(await makeMember(team.id, 'member'))
})

type Part = { bytes: Buffer | string; type?: string; fileName?: string; name?: string }

function form(parts: Part[]): { body: Buffer; type: string } {
  const boundary = 'a-boundary-of-the-tests'
  const chunks = parts.flatMap(({ bytes, type = 'image/png', fileName = 'a.png', name = 'file' }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ])
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
  return { body, type: `multipart/form-data; boundary=${boundary}` }
}

function post(parts: Part[], who = cookie): Promise<Response> {
  const { body, type } = form(parts)
  const headers = {
    host: '127.0.0.1:3000',
    origin: ORIGIN,
    cookie: who,
    'content-type': type,
    'x-studio-team': team.slug,
  }
  const request = new Request(`${ORIGIN}/api/v1/references`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  })
  return postReference(request, { params: Promise.resolve({}) })
}

const image = (width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
const code = async (answer: Response) => {
  const body = await answer.json()
  return [answer.status, body.errors?.[0]?.code ?? body.code]
}
const leftovers = () => readdir(path.join(env().dataDir, 'uploads'))

describe('an uploaded reference', () => {
  test('is cleaned, kept, brought upstream and shown to the team alone', async () => {
    const answer = await post([{ bytes: await image().png().toBuffer() }])
    expect(answer.status).toBe(201)
    const reference: Reference = await answer.json()
    expect(reference).toMatchObject({
      width: 400,
      height: 300,
      path: expect.stringMatching(/^1\/reference-/),
    })
    expect((await sharp(taken[0]).metadata()).format).toBe('webp')

    const params = { id: reference.id }
    const own = await call(getBytes, `/api/v1/references/${reference.id}/bytes?size=thumb`, {
      cookie,
      params,
    })
    expect((await sharp(Buffer.from(await own.arrayBuffer())).metadata()).width).toBe(320)
    const stranger = await signInAs((await makeTeam()).owner)
    const path = `/api/v1/references/${reference.id}/bytes`
    expect((await call(getBytes, path, { cookie: stranger, params })).status).toBe(404)
    expect((await call(getBytes, path, { params })).status).toBe(401)
  })

  test('takes PNG, JPEG, WebP and AVIF by their bytes, whatever they are called', async () => {
    for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
      const bytes = await image(64, 64).toFormat(format).toBuffer()
      const answer = await post([{ bytes, type: 'text/html', fileName: '../../etc/passwd"><script>' }])
      expect([format, answer.status]).toEqual([format, 201])
    }
    expect(await leftovers()).toEqual([])
  })

  test('carries neither place nor camera, and stands upright', async () => {
    const bytes = await image(200, 100)
      .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '37/1 33/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const reference: Reference = await (await post([{ bytes }])).json()
    expect([reference.width, reference.height]).toEqual([100, 200])
    const { exif, icc, xmp, iptc, orientation } = await sharp(taken[0]).metadata()
    expect([exif, icc, xmp, iptc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('drops what hides behind the image', async () => {
    const secret = '<script>alert(1)</script>PK\u0003\u0004'
    const bytes = Buffer.concat([await image().png().toBuffer(), Buffer.from(secret)])
    expect((await post([{ bytes }])).status).toBe(201)
    expect(taken[0]?.includes('script')).toBe(false)
  })

  test('is one reference when it is uploaded twice, and goes upstream once', async () => {
    const bytes = await image(50, 60).png().toBuffer()
    const [first, second] = [await post([{ bytes }]), await post([{ bytes }])]
    expect((await first.json()).id).toBe((await second.json()).id)
    expect(taken).toHaveLength(1)
  })

  test('is made smaller when it is very large', async () => {
    const reference: Reference = await (
      await post([{ bytes: await image(4_000, 2_000).jpeg().toBuffer() }])
    ).json()
    expect([reference.width, reference.height]).toEqual([2_560, 1_280])
  })

  test('takes a few at once without keeping any file behind', async () => {
    const files = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) =>
        image(100 + n, 100)
          .png()
          .toBuffer(),
      ),
    )
    const answers = await Promise.all(files.map((bytes) => post([{ bytes }])))
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201, 201])
    expect(await leftovers()).toEqual([])
  })
})

describe('an upload that is refused', () => {
  test('is told apart: no image, damaged, too large an image or file, too small', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    const webp = await image(800, 800).webp({ lossless: true }).toBuffer()
    const noise = await sharp(
      Buffer.alloc(3 * 300 * 300, 7).map((_, place) => (place * 31) % 251),
      {
        raw: { width: 300, height: 300, channels: 3 },
      },
    )
      .webp()
      .toBuffer()
    const cases: [string, Buffer | string, unknown[]][] = [
      ['svg', svg, [422, 'not_an_image']],
      ['svg behind a PNG head', Buffer.concat([head(), Buffer.from(svg)]), [422, 'damaged']],
      ['gif', Buffer.from('GIF89a......'), [422, 'not_an_image']],
      ['html', '<!doctype html>', [422, 'not_an_image']],
      ['empty', '', [422, 'not_an_image']],
      ['truncated webp', noise.subarray(0, Math.floor(noise.length / 2)), [422, 'damaged']],
      ['cut header', webp.subarray(0, 20), [422, 'damaged']],
      ['pixel flood', pixelFlood(50_000, 50_000), [422, 'too_many_pixels']],
      ['one pixel', await image(1, 1).png().toBuffer(), [422, 'too_small']],
      ['21 MB', Buffer.alloc(21 * 1024 * 1024, 1), [413, 'too_large']],
    ]
    for (const [name, bytes, expected] of cases) {
      expect([name, ...(await code(await post([{ bytes }])))]).toEqual([name, ...expected])
    }
    expect(taken).toEqual([])
    expect(await leftovers()).toEqual([])
  })

  test('never decodes an image that claims 50,000 × 50,000 pixels', async () => {
    const before = process.memoryUsage().rss
    await Promise.all(Array.from({ length: 6 }, () => post([{ bytes: pixelFlood(50_000, 50_000) }])))
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('takes one file and nothing beside it', async () => {
    const bytes = await image().png().toBuffer()
    expect(await code(await post([{ bytes }, { bytes, name: 'second' }]))).toEqual([422, 'too_many_parts'])
    const many = Array.from({ length: 500 }, (_, n) => ({ bytes: 'x', name: `n${n}`, fileName: `f${n}` }))
    expect(await code(await post(many))).toEqual([422, 'too_many_parts'])
    expect(await code(await post([]))).toEqual([422, 'no_file'])
    expect(await leftovers()).toEqual([])
  })

  test('ends a body that drips or breaks off', async () => {
    const { body, type } = form([{ bytes: await image().png().toBuffer() }])
    const half = body.subarray(0, body.length - 40)
    const dripping = new ReadableStream({ start: (stream) => stream.enqueue(Uint8Array.from(half)) })
    const broken = new ReadableStream({
      start(stream) {
        stream.enqueue(Uint8Array.from(half))
        stream.close()
      },
    })
    const headers = { 'content-type': type }
    const ask = (body: ReadableStream) => {
      const init = { method: 'POST', headers, body, duplex: 'half' }
      return new Request(`${ORIGIN}/x`, init)
    }
    const slow = withUploadedFile(ask(dripping), async (file) => file, { silenceMs: 150, totalMs: 1_000 })
    await expect(slow).rejects.toMatchObject({ errors: [{ code: 'too_slow' }] })
    await expect(withUploadedFile(ask(broken), async (file) => file)).rejects.toMatchObject({
      errors: [{ code: 'damaged' }],
    })
    expect(await leftovers()).toEqual([])
  })

  test('is refused to viewers and to pages of other sites', async () => {
    const bytes = await image().png().toBuffer()
    const viewer = await signInAs(await makeMember(team.id, 'viewer'))
    expect((await post([{ bytes }], viewer)).status).toBe(403)
    const { body, type } = form([{ bytes }])
    const foreign = new Request(`${ORIGIN}/api/v1/references`, {
      method: 'POST',
      headers: { cookie, 'content-type': type, origin: 'https://evil.example', host: '127.0.0.1:3000' },
      body: new Uint8Array(body),
    })
    expect((await postReference(foreign, { params: Promise.resolve({}) })).status).toBe(403)
  })
})

describe('a typed path', () => {
  const register = (path: unknown) =>
    call(postReference, '/api/v1/references', { method: 'POST', cookie, team: team.slug, body: { path } })

  test('is kept once and heads the list of recent ones', async () => {
    const first = await register('1/reference-1423131.png')
    expect(first.status).toBe(201)
    await register('2/other.png')
    await register('1/reference-1423131.png')
    const list: ReferenceList = await (
      await call(listRoute, '/api/v1/references', { cookie, team: team.slug })
    ).json()
    expect(list.items.map((item) => item.path)).toEqual(['1/reference-1423131.png', '2/other.png'])
    expect(list.canUpload).toBe(true)
    expect(list.items[0]?.urls).toBeNull()
  })

  test('is one line of text', async () => {
    for (const bad of ['', '  ', 'a\u0000b', 'x'.repeat(301), 7, null]) {
      expect((await register(bad)).status).toBe(422)
    }
  })
})

describe('a deleted reference', () => {
  const list = async (search = ''): Promise<ReferenceList> =>
    (await call(listRoute, `/api/v1/references${search}`, { cookie, team: team.slug })).json()
  const act = (route: typeof deleteRoute, id: string, as = cookie) =>
    call(route, `/api/v1/references/${id}`, { method: 'POST', cookie: as, team: team.slug, params: { id } })
  const bytesOf = (id: string) => call(getBytes, `/api/v1/references/${id}/bytes`, { cookie, params: { id } })
  const upload = async (): Promise<Reference> =>
    (await post([{ bytes: await image().png().toBuffer() }])).json()
  const agoDays = (days: number) => new Date(Date.now() - days * DAY_MS)

  test('lies in the trash with its image, and is restored as it was', async () => {
    const { id, path } = await upload()
    expect((await act(deleteRoute, id)).status).toBe(204)
    expect((await list()).items).toEqual([])
    const [trashed] = (await list('?trash=true')).items
    expect(trashed).toMatchObject({ id, path, deletedAt: expect.any(String) })
    expect((await bytesOf(id)).status).toBe(200)
    const answer = await act(restoreRoute, id)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id, path, deletedAt: null })
    expect((await list()).items.map((one) => one.id)).toEqual([id])
    expect((await list('?trash=true')).items).toEqual([])
  })

  test('is back by itself when the same image is brought in again', async () => {
    const { id } = await upload()
    await act(deleteRoute, id)
    expect(await upload()).toMatchObject({ id, deletedAt: null })
    expect((await list()).items.map((one) => one.id)).toEqual([id])
  })

  test('is deleted and restored by whoever added it, and by admins', async () => {
    const { id } = await upload()
    const member = await signInAs(await makeMember(team.id, 'member'))
    expect((await act(deleteRoute, id, member)).status).toBe(403)
    await act(deleteRoute, id)
    expect((await act(restoreRoute, id, member)).status).toBe(403)
    const ofMember: ReferenceList = await (
      await call(listRoute, '/api/v1/references?trash=true', { cookie: member, team: team.slug })
    ).json()
    expect(ofMember.items).toEqual([])
  })

  test('is gone for good after 30 days, with its image', async () => {
    const { id } = await upload()
    await db().reference.update({ where: { id }, data: { deletedAt: agoDays(29) } })
    await purgeReferences()
    expect((await list('?trash=true')).items).toHaveLength(1)
    await db().reference.update({ where: { id }, data: { deletedAt: agoDays(31) } })
    expect((await list('?trash=true')).items).toEqual([])
    expect((await act(restoreRoute, id)).status).toBe(404)
    expect((await bytesOf(id)).status).toBe(404)
    await purgeReferences()
    expect(await db().reference.findUnique({ where: { id } })).toBeNull()
  })
})

const head = () => Buffer.from('89504e470d0a1a0a', 'hex')

/** A PNG of a few bytes whose header claims a huge image. */
function pixelFlood(width: number, height: number): Buffer {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    head(),
    chunk('IHDR', size),
    chunk('IDAT', Buffer.from(deflateSync(Buffer.alloc(1_000)))),
    chunk('IEND'),
  ])
}

function chunk(kind: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
