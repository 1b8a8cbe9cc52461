import { createHash } from 'node:crypto'
import { stat, utimes } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { blobFile } from '@/e2e/support/blob-files'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { makeMissingThumbnails } from '@/lib/images/background'
import { purgeBytes } from '@/lib/images/purge'
import { getImage } from '@/lib/images/server'
import { trashImage } from '@/lib/images/trash'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { storeBlob } from '@/lib/platform/storage'

let member: Actor

beforeEach(async () => {
  member = await makeActor(await makeTeam(), 'member')
})

async function makeImage(size: { width?: number; height?: number } = {}) {
  const { images } = await makeGeneration(member, size)
  const id = images[0]?.id ?? ''
  const read = () => db().image.findUniqueOrThrow({ where: { id }, include: { blob: true, thumbnail: true } })
  const { blob } = await read()
  return { id, read, path: blobFile(member.teamId, blob?.sha256 ?? '') }
}

async function replaceBytes(id: string, bytes: Buffer) {
  const stored = { ...(await storeBlob(member.teamId, bytes)), teamId: member.teamId, mimeType: 'image/webp' }
  const { id: blobId } = await db().blob.create({ data: stored })
  await db().image.update({ where: { id }, data: { blobId } })
}

async function isThere(path: string) {
  return stat(path).then(
    () => true,
    () => false,
  )
}

describe('thumbnails', () => {
  test('are made afterwards: small, in shape, with a placeholder', async () => {
    const { id, read } = await makeImage({ width: 1600, height: 900 })
    expect((await getImage(member, id)).placeholder).toBeNull()
    while ((await makeMissingThumbnails()) > 0) continue
    const { thumbnail } = await read()
    const file = blobFile(member.teamId, thumbnail?.sha256 ?? '')
    const { format, width, height } = await sharp(file).metadata()
    expect([format, width, height]).toEqual(['webp', 800, 450])
    const { placeholder } = await getImage(member, id)
    expect(Buffer.from(placeholder ?? '', 'base64').length).toBeLessThan(30)
  })

  test('are tried once when the bytes cannot be decoded, and the image stays', async () => {
    const { id } = await makeImage()
    await replaceBytes(id, Buffer.from('no image'))
    await makeMissingThumbnails()
    expect(await makeMissingThumbnails()).toBe(0)
    expect(await getImage(member, id)).toMatchObject({ placeholder: null, state: 'completed' })
  })

  test('are made once each, however many processes look for them at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => makeImage()))
    const counts = await Promise.all([1, 2, 3, 4].map(makeMissingThumbnails))
    while ((await makeMissingThumbnails()) > 0) continue
    const ids = made.map(({ id }) => id)
    const rows = await db().image.findMany({ where: { id: { in: ids } } })
    expect(rows.every(({ placeholder, thumbnailId }) => placeholder && thumbnailId)).toBe(true)
    expect(rows.map(({ thumbnailTries }) => thumbnailTries)).toEqual(ids.map(() => 1))
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1)
  })

  test('are left for a while to whoever took them, and then to the next', async () => {
    const { id, read } = await makeImage()
    const takenFor = (ms: number) =>
      db().image.update({
        where: { id },
        data: { thumbnailTries: 1, thumbnailDueAt: new Date(Date.now() + ms) },
      })
    await takenFor(20_000)
    expect(await makeMissingThumbnails()).toBe(0)
    await takenFor(-1)
    expect(await makeMissingThumbnails()).toBe(1)
    const { placeholder, thumbnailTries } = await read()
    expect([placeholder !== null, thumbnailTries]).toEqual([true, 2])
  })

  test('of images that upstream blurred show nothing of them', async () => {
    const { id, read } = await makeImage({ width: 400, height: 400 })
    const stripes = Buffer.alloc(400 * 400, Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]))
    const raw = { width: 400, height: 400, channels: 1 } as const
    await replaceBytes(id, await sharp(stripes, { raw }).webp({ lossless: true }).toBuffer())
    await db().image.update({ where: { id }, data: { blurReason: 'nsfw' } })
    await makeMissingThumbnails()
    const { thumbnail } = await read()
    const { channels } = await sharp(blobFile(member.teamId, thumbnail?.sha256 ?? '')).stats()
    expect(channels[0]?.stdev).toBeLessThan(12)
  })
})

describe('clearing bytes', () => {
  test('lets go of what lay in the trash for 30 days and deletes it a day after', async () => {
    const { id, read, path } = await makeImage()
    await makeMissingThumbnails()
    await trashImage(member, id)
    await purgeBytes(Date.now() + 29 * DAY_MS)
    expect((await read()).blobId).not.toBeNull()
    await purgeBytes(Date.now() + 31 * DAY_MS)
    expect(await read()).toMatchObject({ blobId: null, thumbnailId: null })
    expect(await isThere(path)).toBe(false)
    expect(await db().blob.count({ where: { teamId: member.teamId } })).toBe(0)
  })

  test('leaves bytes that nobody owns for a day', async () => {
    const { sha256, sizeBytes } = await storeBlob(member.teamId, Buffer.from('bytes of nobody'))
    const blob = { sha256, sizeBytes, teamId: member.teamId, mimeType: 'image/webp' }
    await db().blob.create({ data: blob })
    const path = blobFile(member.teamId, sha256)
    await purgeBytes(Date.now() + DAY_MS / 2)
    expect(await isThere(path)).toBe(true)
    await purgeBytes(Date.now() + 2 * DAY_MS)
    expect(await isThere(path)).toBe(false)
  })

  test('deletes all that nobody owns in one go, however many, and does not hang on what stays', async () => {
    const data = Array.from({ length: 900 }, (_, at) => ({
      teamId: member.teamId,
      sha256: createHash('sha256').update(`${member.teamId} ${at}`).digest('hex'),
      sizeBytes: 1,
      mimeType: 'image/webp',
    }))
    await db().blob.createMany({ data })
    const kept = await storeBlob(member.teamId, Buffer.from('touched of late'))
    await db().blob.create({ data: { ...kept, teamId: member.teamId, mimeType: 'image/webp' } })
    const later = Date.now() + 2 * DAY_MS
    await utimes(blobFile(member.teamId, kept.sha256), new Date(later), new Date(later))
    await purgeBytes(later)
    expect(await db().blob.count({ where: { teamId: member.teamId } })).toBe(1)
  })

  test('leaves bytes that are just being stored again', async () => {
    const bytes = Buffer.from('bytes that come back')
    const { sha256, sizeBytes } = await storeBlob(member.teamId, bytes)
    const createdAt = new Date(Date.now() - 3 * DAY_MS)
    const blob = { sha256, sizeBytes, teamId: member.teamId, mimeType: 'image/webp', createdAt }
    await db().blob.create({ data: blob })
    const path = blobFile(member.teamId, sha256)
    await utimes(path, createdAt, createdAt)
    await storeBlob(member.teamId, bytes)
    await purgeBytes()
    expect(await isThere(path)).toBe(true)
    expect(await db().blob.count({ where: { teamId: member.teamId, sha256 } })).toBe(1)
  })

  test('leaves bytes that two images share until both are gone', async () => {
    const { id, read, path } = await makeImage()
    const { blobId } = await read()
    const other = await makeImage()
    await db().image.update({ where: { id: other.id }, data: { blobId } })
    await trashImage(member, id)
    await purgeBytes(Date.now() + 40 * DAY_MS)
    expect(await isThere(path)).toBe(true)
  })
})
