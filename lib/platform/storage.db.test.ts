import { randomInt } from 'node:crypto'
import { rename, rm, truncate, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { GET as getDropInImage } from '@/app/api/images/[id]/route'
import { POST as create } from '@/app/api/images/create/route'
import { GET as getReference } from '@/app/api/v1/references/[id]/bytes/route'
import { GET as getStyle } from '@/app/api/v1/styles/[id]/thumbnail/route'
import { GET as getBytes } from '@/app/i/[...path]/route'
import { GET as getShared } from '@/app/s/[token]/i/[imageId]/[variant]/route'
import { GET as getArchive } from '@/app/s/[token]/images.zip/route'
import { GET as getCard } from '@/app/s/[token]/preview.jpg/route'
import { blobFile } from '@/e2e/support/blob-files'
import { call, makeTeam, ORIGIN, signInAs, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeSandboxAccount } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { makeMissingThumbnails } from '@/lib/images/background'
import { db } from '@/lib/platform/db'
import { storeBlob } from '@/lib/platform/storage'
import { createShareLink } from '@/lib/share-links/server'
import { getHealth } from '@/lib/system/health'

const pipeline = setUpPipeline()
const body = { prompt: 'a unicorn', styleId: 352, ratio: '1:1', sample: 1 }

let team: TestTeam
let actor: Actor
let key: string
let cookie: string
beforeAll(async () => {
  pipeline.dispatch()
  team = await makeTeam()
  actor = await makeActor(team, 'admin')
  key = (await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })).secret
  cookie = await signInAs(team.owner)
})

const post = (idempotencyKey: string) =>
  call(create, '/api/images/create', {
    method: 'POST',
    key,
    body,
    headers: { 'idempotency-key': idempotencyKey },
  })

/** One image that the pipeline made, and every endpoint that gives its bytes out. */
async function makeImage() {
  const idempotencyKey = crypto.randomUUID()
  const answer = await post(idempotencyKey)
  expect(answer.status).toBe(201)
  await answer.arrayBuffer()
  const generationId = answer.headers.get('x-studio-generation') ?? ''
  const image = await db().image.findFirstOrThrow({ where: { generationId }, include: { blob: true } })
  const token = await openLink(image.id)
  const under = (variant: string) => ({ params: Promise.resolve({ token, imageId: image.id, variant }) })
  const reference = await makeReference(image.blobId ?? '')
  const style = await makeStyle(image.blobId ?? '')
  const withKey = new Request(ORIGIN, { headers: { 'x-api-key': key } })
  const visit = new Request(`${ORIGIN}/s/${token}`)
  const named = (id: string) => ({ params: { id }, cookie })
  const endpoints: Record<string, () => Promise<Response>> = {
    original: () => call(getBytes, `/i/${image.id}/original`, { cookie }),
    download: () => call(getBytes, `/i/${image.id}/original?download=jpeg`, { cookie }),
    thumb: () => call(getBytes, `/i/${image.id}/thumb`, { cookie }),
    'drop-in, by number': () =>
      getDropInImage(withKey, { params: Promise.resolve({ id: String(image.upstreamId) }) }),
    'shared original': () => getShared(visit, under('original')),
    'shared preview': () => getShared(visit, under('preview')),
    'shared archive': () => getArchive(visit, under('')),
    'shared card': () => getCard(visit, under('')),
    reference: () => call(getReference, '/', named(reference)),
    'reference thumb': () => call(getReference, '/?size=thumb', named(reference)),
    'style thumbnail': () => call(getStyle, '/', named(style)),
  }
  return { image, idempotencyKey, endpoints, file: blobFile(team.id, image.blob?.sha256 ?? '') }
}

async function openLink(imageId: string): Promise<string> {
  const { url } = await createShareLink(actor, {
    target: { kind: 'image', id: imageId },
    title: '',
    password: null,
    expiresInDays: null,
    showPrompt: false,
    allowDownload: true,
  })
  return url?.split('/s/')[1] ?? ''
}

async function makeReference(blobId: string): Promise<string> {
  const { id: accountId } = await makeSandboxAccount()
  const data = { teamId: team.id, accountId, makerId: actor.userId, path: blobId, blobId }
  return (await db().reference.create({ data })).id
}

async function makeStyle(thumbnailId: string): Promise<string> {
  const { id: accountId } = await makeSandboxAccount()
  const styleId = BigInt(randomInt(2 ** 47))
  const names = { nameKo: '감', nameEn: 'Persimmon' }
  return (await db().style.create({ data: { teamId: team.id, accountId, styleId, ...names, thumbnailId } }))
    .id
}

describe('an image whose file is missing', () => {
  test('is an error to come back for at every endpoint, an alarm, and whole again when the file is back', async () => {
    const { endpoints, file } = await makeImage()
    await rename(file, `${file}.away`)
    for (const [name, ask] of Object.entries(endpoints)) {
      const answer = await ask()
      expect([name, answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([name, 503, true])
      expect(answer.headers.get('cache-control')).toMatch(/no-store/)
      await answer.arrayBuffer()
    }
    expect(await getHealth()).toMatchObject({ status: 'ok', files: 'missing' })
    await rename(`${file}.away`, file)
    expect(await getHealth()).toMatchObject({ files: 'ok' })
    for (const [name, ask] of Object.entries(endpoints)) {
      const answer = await ask()
      expect([name, answer.status]).toEqual([name, 200])
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(20)
    }
  })

  test('is the same when the file was cut short', async () => {
    const { endpoints, file } = await makeImage()
    await truncate(file, 10)
    for (const [name, ask] of Object.entries(endpoints))
      expect([name, (await ask()).status]).toEqual([name, 503])
    await rm(file)
  })

  test('is never an empty 201: a client that asks again is told, and has it once the file is back', async () => {
    const { idempotencyKey, file } = await makeImage()
    await rename(file, `${file}.away`)
    const calls = pipeline.upstream.calls.length
    const told = await post(idempotencyKey)
    expect([told.status, await told.json()]).toMatchObject([424, { success: false, code: 424 }])
    const waiting = post(idempotencyKey)
    await rename(`${file}.away`, file)
    const answer = await waiting
    expect(answer.status).toBe(201)
    expect((await answer.json()).images[0].base64.length).toBeGreaterThan(20)
    expect(pipeline.upstream.calls).toHaveLength(calls)
  })

  test('gets its thumbnail when the file is back, and holds up no other meanwhile', async () => {
    const lost = await Promise.all(Array.from({ length: 3 }, makeImage))
    for (const { file } of lost) await rename(file, `${file}.away`)
    while ((await makeMissingThumbnails()) > 0) continue
    const ids = lost.map(({ image }) => image.id)
    const placeholders = async () =>
      (await db().image.findMany({ where: { id: { in: ids } } })).map(({ placeholder }) => placeholder)
    expect(await placeholders()).toEqual([null, null, null])
    for (const { file } of lost) await rename(`${file}.away`, file)
    expect(await makeMissingThumbnails()).toBe(0) // not before their time
    await db().image.updateMany({ where: { id: { in: ids } }, data: { thumbnailDueAt: new Date(0) } })
    while ((await makeMissingThumbnails()) > 0) continue
    expect((await placeholders()).every(Boolean)).toBe(true)
  })

  test('is not given up as undecodable when other bytes lie in its place', async () => {
    const { image, file } = await makeImage()
    await writeFile(file, Buffer.alloc(image.blob?.sizeBytes ?? 0, 'x'))
    while ((await makeMissingThumbnails()) > 0) continue
    expect((await db().image.findUniqueOrThrow({ where: { id: image.id } })).placeholder).toBeNull()
    await rm(file)
  })
})

test('an image that was purged from the trash is a failed entry, not a missing file', async () => {
  const { image, idempotencyKey, endpoints } = await makeImage()
  await db().image.update({ where: { id: image.id }, data: { blobId: null, deletedAt: new Date() } })
  const answer = await post(idempotencyKey)
  expect(answer.status).toBe(201)
  expect((await answer.json()).images[0]).toMatchObject({
    generationStatus: 'FAILED',
    generationError: 'deleted',
    base64: '',
  })
  expect((await endpoints.original?.())?.status).toBe(404)
})

test('storing bytes again that were lost brings the image back', async () => {
  const { endpoints, file } = await makeImage()
  const bytes = Buffer.from((await (await endpoints.original?.())?.arrayBuffer()) ?? new ArrayBuffer(0))
  await rm(file)
  await storeBlob(team.id, bytes)
  expect((await endpoints['shared original']?.())?.status).toBe(200)
})
