import { createHash, randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { GET as getBytes } from '@/app/i/[...path]/route'
import { makeActor } from '@/e2e/support/images'
import { call, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { s3Store } from '@/lib/platform/s3-store'
import { objectStore } from '@/lib/platform/storage'
import { demandStore } from '@/lib/platform/store-check'
import type { S3Settings } from '@/lib/platform/storage-settings'
import { moveBlobs } from '@/scripts/move-blobs'

const settings: S3Settings = JSON.parse(process.env.OBJECT_STORE_UNDER_TEST ?? '')
Object.assign(process.env, {
  STORAGE_URL: `s3://${settings.bucket}/${randomUUID()}`,
  S3_ENDPOINT: settings.endpoint,
  S3_ACCESS_KEY_ID: settings.accessKeyId,
  S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
})
const pipeline = setUpPipeline()

const later = () => new Date(Date.now() + 3_600_000)
const folder = (name: string) => path.join(env().dataDir, name)
const forget = (name: string) => fs.rmSync(folder(name), { recursive: true, force: true })

describe('the studio on a real object store', () => {
  let team: TestTeam
  let cookie: string
  let key: string
  beforeAll(async () => {
    pipeline.dispatch()
    team = await makeTeam()
    cookie = await signInAs(team.owner)
    key = (await createApiKey(await makeActor(team, 'admin'), { name: 'test', scopes: ['generate'] })).secret
  })

  const show = (id: string, headers: Record<string, string> = {}) =>
    call(getBytes, `/i/${id}/original`, { cookie, headers })
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

  test('create, read, move to the disk, lose the bucket, move back, read', async () => {
    await demandStore()
    const body = { prompt: 'a unicorn', styleId: 352, ratio: '1:1', sample: 4 }
    const answer = await call(create, '/api/images/create', { method: 'POST', key, body })
    expect(answer.status).toBe(201)
    const { images }: { images: { base64: string }[] } = await answer.json()
    const rows = await db().image.findMany({ where: { teamId: team.id }, orderBy: { position: 'asc' } })
    const isShown = async () => {
      forget('cache')
      for (const [place, { id }] of rows.entries()) {
        const bytes = Buffer.from(images[place]?.base64 ?? '', 'base64')
        expect((await bytesOf(await show(id))).equals(bytes)).toBe(true)
        const part = await show(id, { range: 'bytes=3-40' })
        expect([part.status, (await bytesOf(part)).equals(bytes.subarray(3, 41))]).toEqual([206, true])
      }
    }
    await isShown()
    expect(await moveBlobs('disk')).toMatchObject({ known: 0, missing: 0, damaged: 0 })
    for (const blob of await db().blob.findMany()) await objectStore()?.remove(blob, later())
    await expect(demandStore()).rejects.toThrow('has none of the images')
    const back = await moveBlobs('s3')
    expect([back.copied, back.missing]).toEqual([await db().blob.count(), 0])
    forget('blobs')
    await isShown()
  })
})

describe('the store', () => {
  const store = s3Store({ ...settings, prefix: `${randomUUID()}/` })
  const blob = () => {
    const bytes = randomBytes(100_000)
    return { bytes, name: { teamId: randomUUID(), sha256: createHash('sha256').update(bytes).digest('hex') } }
  }

  test('keeps nothing that is other than its hash, and nothing of a stranger', async () => {
    const { name } = blob()
    await expect(store.put(name, randomBytes(10))).rejects.toMatchObject({ status: 400 })
    expect(await store.stat(name)).toBeNull()
    const stranger = s3Store({ ...settings, secretAccessKey: 'another-secret' })
    await expect(stranger.probe()).rejects.toMatchObject({ status: 403, reason: 'SignatureDoesNotMatch' })
    const elsewhere = s3Store({ ...settings, bucket: 'no-such-bucket' })
    await expect(elsewhere.probe()).rejects.toMatchObject({ status: 404, reason: 'NoSuchBucket' })
  })

  test('has what was stored while it was being removed, however the two meet', async () => {
    const blobs = Array.from({ length: 60 }, blob)
    await Promise.all(blobs.map(({ name, bytes }) => store.put(name, bytes)))
    await delay(4_000) // an object's age is told in whole seconds
    const since = new Date(Date.now() - 1_000)
    const removed = await Promise.all(
      blobs.map(async ({ name, bytes }, index) => {
        const removing = store.remove(name, since)
        await delay(index) // earlier and later in the removal
        await store.put(name, bytes)
        return removing
      }),
    )
    for (const { name, bytes } of blobs)
      expect((await buffer(await store.open(name))).equals(bytes)).toBe(true)
    expect(new Set(removed)).toContain(true)
  })

  test('lists more than a page of names', async () => {
    const team = randomUUID()
    const many = Array.from({ length: 1_200 }, blob)
    for (let from = 0; from < many.length; from += 50)
      await Promise.all(
        many.slice(from, from + 50).map(({ bytes, name }) => store.put({ ...name, teamId: team }, bytes)),
      )
    const found = new Set<string>()
    for await (const { teamId, sha256 } of store.list()) if (teamId === team) found.add(sha256)
    expect(found).toEqual(new Set(many.map(({ name }) => name.sha256)))
  }, 300_000)
})
