import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { GET as getBytes } from '@/app/i/[...path]/route'
import { GET as getShared } from '@/app/s/[token]/i/[imageId]/[variant]/route'
import { GET as getArchive } from '@/app/s/[token]/images.zip/route'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { call, makeTeam, ORIGIN, signInAs, type TestTeam } from '@/e2e/support/people'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { startS3Peer } from '@/e2e/support/s3-peer'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { sweepKeptAnswers } from '@/lib/generations/pipeline/unread'
import { copyBlobs } from '@/lib/backup/copy'
import { verifyStudio } from '@/lib/backup/verify'
import { getGeneration } from '@/lib/generations/server'
import { makeMissingThumbnails } from '@/lib/images/background'
import { purgeBytes } from '@/lib/images/purge'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { fileStore } from '@/lib/platform/file-store'
import { keyOf } from '@/lib/platform/s3-keys'
import { durableStore, storeBlob } from '@/lib/platform/storage'
import { demandStore } from '@/lib/platform/store-check'
import { createShareLink } from '@/lib/share-links/server'
import { getHealth } from '@/lib/system/health'
import { getSystem } from '@/lib/system/server'
import { hasRoomFor, spoolDir } from '@/lib/upstream/spool'
import { moveBlobs } from '@/scripts/move-blobs'

vi.setConfig({ testTimeout: 90_000 }) // a store that fails is asked again, with pauses

const peer = await startS3Peer()
Object.assign(process.env, peer.env)
const pipeline = setUpPipeline()

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
afterEach(() => {
  peer.misbehave = () => undefined
})
afterAll(() => peer.stop())

const post = () =>
  call(create, '/api/images/create', {
    method: 'POST',
    key,
    body: { prompt: 'a unicorn', styleId: 352, ratio: '1:1', sample: 1 },
  })

/** One image that the pipeline made, with its place in the bucket. */
async function makeImage() {
  const answer = await post()
  expect(answer.status).toBe(201)
  const base64: string = (await answer.json()).images[0].base64
  const generationId = answer.headers.get('x-studio-generation') ?? ''
  const image = await db().image.findFirstOrThrow({ where: { generationId }, include: { blob: true } })
  const name = { teamId: team.id, sha256: image.blob?.sha256 ?? '' }
  const show = (headers: Record<string, string> = {}) =>
    call(getBytes, `/i/${image.id}/original`, { cookie, headers })
  return { id: image.id, bytes: Buffer.from(base64, 'base64'), name, at: keyAt(name), show }
}

const keyAt = (name: Parameters<typeof keyOf>[0]) => `team/${keyOf(name)}`
const copies = () => path.join(env().dataDir, 'cache')
const forgetCopies = () => fs.rmSync(copies(), { recursive: true, force: true })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test('an image goes to the bucket and comes from there, whole and in parts, for members and guests', async () => {
  const { id, bytes, at, show } = await makeImage()
  expect(peer.objects.get(at)?.bytes.equals(bytes)).toBe(true)
  expect(fs.existsSync(path.join(env().dataDir, 'blobs'))).toBe(false)
  forgetCopies()
  expect((await bytesOf(await show())).equals(bytes)).toBe(true)
  const part = await show({ range: 'bytes=5-50' })
  expect([part.status, (await bytesOf(part)).equals(bytes.subarray(5, 51))]).toEqual([206, true])
  while ((await makeMissingThumbnails()) > 0) continue
  const { thumbnail } = await db().image.findUniqueOrThrow({ where: { id }, include: { thumbnail: true } })
  expect(peer.objects.has(keyAt({ teamId: team.id, sha256: thumbnail?.sha256 ?? '' }))).toBe(true)

  const link = { title: '', password: null, expiresInDays: null, showPrompt: false, allowDownload: true }
  const { url } = await createShareLink(actor, { target: { kind: 'image', id }, ...link })
  const visit = new Request(`${ORIGIN}/s`)
  const params = (variant: string) => ({
    params: Promise.resolve({ token: url?.split('/s/')[1] ?? '', imageId: id, variant }),
  })
  const shared = await getShared(visit, params('original'))
  expect(shared.headers.get('location')).toBeNull() // an address of the bucket could not be revoked
  expect((await bytesOf(shared)).equals(bytes)).toBe(true)
  expect((await bytesOf(await getArchive(visit, params('')))).includes(bytes)).toBe(true)
})

test('an image that is gone from the bucket is an alarm and an error to come back for, until it is back', async () => {
  const { at, show } = await makeImage()
  const held = peer.objects.get(at)
  peer.objects.delete(at)
  forgetCopies()
  const answer = await show()
  expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true])
  expect(answer.headers.get('cache-control')).toMatch(/no-store/)
  expect(await getHealth()).toMatchObject({ status: 'ok', storage: 'ok', files: 'missing' })
  if (held) peer.objects.set(at, held)
  expect((await show()).status).toBe(200)
  expect(await getHealth()).toMatchObject({ files: 'ok' })
})

test('other bytes in its place are never shown', async () => {
  const { at, bytes, show } = await makeImage()
  const held = peer.objects.get(at)
  forgetCopies()
  peer.objects.set(at, { bytes: Buffer.alloc(bytes.length, 'x'), modifiedAt: new Date() })
  expect((await show()).status).toBe(503)
  if (held) peer.objects.set(at, held)
  expect((await show()).status).toBe(200)
})

describe('a bucket that takes nothing', () => {
  test('loses no image that was paid for: it stays in the spool and is stored when it can be', async () => {
    peer.misbehave = ({ method }) => (method === 'PUT' ? 'denied' : undefined)
    const answer = await post()
    expect(answer.status).toBe(424)
    const id = answer.headers.get('x-studio-generation') ?? ''
    expect(await getGeneration(actor, id)).toMatchObject({ status: 'unknown', statusReason: 'spool_failed' })
    expect(fs.readdirSync(spoolDir())).toContain(`${id}.1`)
    peer.misbehave = () => undefined
    await vi.waitFor(async () => expect(await hasRoomFor(1)).toBe(true), { timeout: 20_000 })
    await vi.waitFor(
      async () => {
        await sweepKeptAnswers()
        const { status, images } = await getGeneration(actor, id)
        expect([status, images.map(({ state }) => state)]).toEqual(['succeeded', ['completed']])
      },
      { timeout: 20_000 },
    )
    expect(fs.readdirSync(spoolDir())).not.toContain(`${id}.1`)
  })

  test('is told, and nothing that costs is sent meanwhile', async () => {
    peer.misbehave = () => 'denied'
    await expect(storeBlob(team.id, Buffer.from('nothing'))).rejects.toMatchObject({
      ...{ code: 'unavailable', status: 503, retryAfterS: 5 },
      cause: { status: 403, reason: 'AccessDenied' },
    })
    expect(await hasRoomFor(1)).toBe(false)
    expect(await getHealth()).toMatchObject({ database: 'ok', storage: 'unreachable', files: 'unknown' })
    const { storage } = await getSystem(actor)
    expect(storage.objectStore).toEqual({
      address: `s3://studio/team/ (${peer.settings.endpoint})`,
      isReachable: false,
    })
    peer.misbehave = () => undefined
    await vi.waitFor(async () => expect((await getHealth()).storage).toBe('ok'), { timeout: 20_000 })
    expect(JSON.stringify(await getSystem(actor))).not.toContain(peer.settings.secretAccessKey)
  })
})

test('what nobody owns any more leaves the bucket a day later', async () => {
  const { images } = await makeGeneration(actor)
  const blob = await db().blob.findFirstOrThrow({ where: { images: { some: { id: images[0]?.id } } } })
  const held = peer.objects.get(keyAt(blob))
  if (held) held.modifiedAt = new Date(Date.now() - 2 * DAY_MS)
  await db().image.updateMany({ where: { blobId: blob.id }, data: { blobId: null } })
  await db().blob.update({
    where: { id: blob.id },
    data: { createdAt: new Date(Date.now() - 2 * DAY_MS) },
  })
  expect((await purgeBytes()).blobs).toBe(1)
  expect(peer.objects.has(keyAt(blob))).toBe(false)
  expect([...peer.objects.keys()].filter((one) => one.startsWith('team/removing/'))).toEqual([])
})

describe('a start', () => {
  test('is well with a bucket that works and has the images', async () => {
    await makeImage()
    await demandStore()
    expect([...peer.objects.keys()].filter((one) => one.startsWith('team/probe/'))).toEqual([])
  })

  test('is refused when the bucket takes nothing, in one sentence', async () => {
    peer.misbehave = ({ method }) => (method === 'PUT' ? 'denied' : undefined)
    await expect(demandStore()).rejects.toThrow(
      /^the object store s3:\/\/studio\/team\/ \(\S+\) cannot be used: the access key may not [^\n]+\.$/,
    )
  })

  test('is refused when the bucket has none of the images that the database knows', async () => {
    const kept = new Map(peer.objects)
    peer.objects.clear()
    await expect(demandStore()).rejects.toThrow(/has none of the images .* storage move --to s3/)
    for (const [at, held] of kept) peer.objects.set(at, held)
    await demandStore()
  })
})

describe('moving', () => {
  const onDisk = () => fileStore(env().dataDir)
  const all = async () => {
    const names = []
    for await (const { sha256 } of onDisk().list()) names.push(sha256)
    return names.sort()
  }
  const known = async () => (await db().blob.findMany()).map(({ sha256 }) => sha256).sort()

  test('brings all of it to the disk and back, goes on where it was cut, and twice changes nothing', async () => {
    await makeGeneration(actor, { count: 4 })
    let puts = 0
    peer.misbehave = ({ method, key: at }) =>
      method === 'GET' && at.includes('blobs/') && ++puts > 2 ? 'denied' : undefined
    await expect(moveBlobs('disk')).rejects.toThrow('AccessDenied')
    peer.misbehave = () => undefined
    const sums = await known()
    const first = await moveBlobs('disk')
    expect(first).toMatchObject({ missing: 0, damaged: 0 })
    expect([first.known > 0, first.copied > 0, first.known + first.copied]).toEqual([true, true, sums.length])
    expect(await all()).toEqual(sums)

    const before = new Map(peer.objects)
    peer.objects.clear()
    const told: number[] = []
    expect(await moveBlobs('s3', ({ copied }) => told.push(copied))).toMatchObject({
      copied: sums.length,
      known: 0,
    })
    expect(told.at(-1)).toBe(sums.length)
    for (const [at, { bytes }] of before)
      if (at.startsWith('team/blobs/')) expect(peer.objects.get(at)?.bytes.equals(bytes)).toBe(true)
    expect(await moveBlobs('s3')).toEqual({ copied: 0, known: sums.length, missing: 0, damaged: 0 })
  })

  test('is verified and backed up as it is, whatever copies are here', async () => {
    const { name, at, bytes } = await makeImage()
    const kept = fileStore(path.join(env().dataDir, 'kept'))
    const back = () => {
      const blobs = (async function* () {
        yield { ...name, sizeBytes: bytes.length }
      })()
      return copyBlobs({ blobs, from: durableStore(), to: kept, isStopping: () => false })
    }
    peer.misbehave = () => 'denied'
    await expect(back()).rejects.toThrow('AccessDenied')
    peer.misbehave = () => undefined
    const object = peer.objects.get(at)
    peer.objects.delete(at)
    expect((await verifyStudio(() => undefined)).wrong).toEqual([`${name.teamId}/${name.sha256} is missing`])
    expect((await back()).lost).toMatchObject([name])
    if (object) peer.objects.set(at, object)
    expect((await verifyStudio(() => undefined)).wrong).toEqual([])
    expect((await back()).newFiles).toBe(1)
  })

  test('tells of what is missing and of what is damaged, and never passes it on', async () => {
    const { name, at, bytes } = await makeImage()
    await moveBlobs('disk')
    const [file] = [path.join(env().dataDir, 'blobs', name.teamId, name.sha256.slice(0, 2), name.sha256)]
    peer.objects.delete(at)
    fs.writeFileSync(file, Buffer.alloc(bytes.length, 'x'))
    expect(await moveBlobs('s3')).toMatchObject({ damaged: 1, missing: 0 })
    fs.rmSync(file)
    expect(await moveBlobs('s3')).toMatchObject({ damaged: 0, missing: 1 })
    expect(peer.objects.has(at)).toBe(false)
  })
})
