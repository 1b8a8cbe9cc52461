import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blobFile } from '@/e2e/support/blob-files'
import { temporaryFolder } from '@/e2e/support/folders'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { TABLES } from '@/lib/backup/dump'
import { backupFolder, listBackups, poolOf, readManifest } from '@/lib/backup/folder'
import { backUp, type BackupOptions } from '@/lib/backup/server'
import { verifyBackup, verifyStudio } from '@/lib/backup/verify'
import { purgeBytes } from '@/lib/images/purge'
import { asOnlyBackup } from '@/lib/platform/backup-lock'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { blobStore, storeBlob } from '@/lib/platform/storage'

const home = temporaryFolder()
const DAY_MS = 86_400_000
const quiet = () => undefined
let dir: string
let actor: Actor

beforeAll(demandOwnDirectory)
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(home, 'backups-'))
  actor = await makeActor(await makeTeam(), 'admin')
})

async function make(options: Partial<BackupOptions> = {}) {
  const made = await backUp({ dir, keep: 14, ...options })
  if (!made) throw new Error('another backup runs')
  return made
}

const flip = (file: string) => {
  const bytes = fs.readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  fs.writeFileSync(file, bytes)
}

/** The file of the first of these images: its name and where it lies. */
async function blobOf({ images }: Awaited<ReturnType<typeof makeGeneration>>) {
  const blob = await db().blob.findUniqueOrThrow({ where: { id: images[0]?.blobId ?? '' } })
  return { ...blob, file: blobFile(blob.teamId, blob.sha256) }
}

const inPool = ({ teamId, sha256 }: { teamId: string; sha256: string }) =>
  path.join(dir, 'blobs', teamId, sha256.slice(0, 2), sha256)

describe('a backup', () => {
  test('has every table that the database has', async () => {
    const { rows } = await query(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
    )
    const names = rows.map(({ name }) => name)
    expect(names.toSorted()).toEqual([...TABLES, 'Backup', 'Node', '_prisma_migrations'].toSorted())
  })

  test('copies with the next one only what is new, and says how much that was', async () => {
    await makeGeneration(actor, { count: 2 })
    const first = await make()
    const added = await blobOf(await makeGeneration(actor))
    const second = await make()
    expect(second.total).toMatchObject({ files: first.total.files + 1, newBytes: added.sizeBytes })
    expect(await db().backup.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({
      ...{ name: second.name, problem: null, newBytes: BigInt(added.sizeBytes), lostCount: 0 },
    })
    expect((await verifyBackup(dir, { name: first.name, tell: quiet })).wrong).toEqual([])
    expect((await verifyBackup(dir, { tell: quiet })).wrong).toEqual([])
  })

  test('that is stopped leaves nothing that looks like one, and the next one removes its leftovers', async () => {
    await makeGeneration(actor)
    let asked = 0
    await expect(make({ isStopping: () => (asked += 1) > TABLES.length })).rejects.toThrow('stopped')
    expect(await listBackups(dir)).toEqual([])
    expect(fs.readdirSync(path.join(dir, 'unfinished'))).toHaveLength(1)
    expect(await db().backup.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({
      ...{ name: null, problem: 'The backup was stopped.' },
    })
    const { name } = await make()
    expect([await listBackups(dir), fs.existsSync(path.join(dir, 'unfinished', name))]).toEqual([
      [name],
      false,
    ])
  })

  test('is not made beside another one', async () => {
    expect(await asOnlyBackup(() => backUp({ dir, keep: 14 }))).toBeNull()
    expect(await listBackups(dir)).toEqual([])
  })

  test('tells of a file that is missing or damaged here, and has all others', async () => {
    const [missing, damaged] = [
      await blobOf(await makeGeneration(actor)),
      await blobOf(await makeGeneration(actor)),
    ]
    const kept = [fs.readFileSync(missing.file), fs.readFileSync(damaged.file)] as const
    fs.rmSync(missing.file)
    flip(damaged.file)
    const { lost, total } = await make()
    expect(lost.map(({ sha256 }) => sha256).toSorted()).toEqual([missing.sha256, damaged.sha256].toSorted())
    expect(fs.existsSync(inPool(damaged))).toBe(false)
    const { wrong } = await verifyBackup(dir, { tell: quiet })
    expect(wrong).toHaveLength(2)
    fs.writeFileSync(missing.file, kept[0])
    fs.writeFileSync(damaged.file, kept[1])
    expect((await make()).total.files).toBe(total.files + 2)
  })

  test('is refused into a folder with the backups of another studio', async () => {
    await make()
    const { id } = await db().dataDirectory.findFirstOrThrow()
    const own = path.join(env().dataDir, 'identity')
    const other = randomUUID()
    await db().dataDirectory.update({ where: { id }, data: { id: other } })
    fs.writeFileSync(own, other)
    await expect(make()).rejects.toThrow('holds the backups of another studio')
    await db().dataDirectory.update({ where: { id: other }, data: { id } })
    fs.writeFileSync(own, id)
  })
})

describe('while a backup runs', () => {
  test('no file is removed that its rows may name; afterwards it is', async () => {
    const sha256 = (await storeBlob(actor.teamId, Buffer.from(`unowned ${randomUUID()}`))).sha256
    const name = { teamId: actor.teamId, sha256 }
    await db().blob.create({ data: { ...name, sizeBytes: 44, mimeType: 'image/webp' } })
    const inThreeDays = Date.now() + 3 * DAY_MS
    await asOnlyBackup(() => purgeBytes(inThreeDays))
    expect([await blobStore().stat(name), await db().blob.count({ where: name })]).toEqual([
      expect.anything(),
      1,
    ])
    await purgeBytes(inThreeDays)
    expect([await blobStore().stat(name), await db().blob.count({ where: name })]).toEqual([null, 0])
  })
})

describe('of old backups', () => {
  test('the newest stay, and with them every file that one of them needs', async () => {
    const dropped = await blobOf(await makeGeneration(actor))
    const kept = await blobOf(await makeGeneration(actor))
    const { name: first } = await make()
    await db().image.updateMany({ where: { blobId: dropped.id }, data: { blobId: null } })
    await db().blob.delete({ where: { id: dropped.id } })
    const { name: second } = await make({ keep: 2 })
    expect([fs.existsSync(inPool(dropped)), await listBackups(dir)]).toEqual([true, [first, second]])
    const { name: third } = await make({ keep: 2 })
    expect(await listBackups(dir)).toEqual([second, third])
    expect([fs.existsSync(inPool(dropped)), fs.existsSync(inPool(kept))]).toEqual([false, true])
    expect((await verifyBackup(dir, { name: second, tell: quiet })).wrong).toEqual([])
  })

  test('no file goes where nobody knows what one of them needs; the new one is there all the same', async () => {
    await make()
    const { name: cut } = await make()
    const manifest = path.join(backupFolder(dir, cut), 'manifest.json')
    fs.truncateSync(manifest, 100)
    const before = await filesOfPool()
    await expect(make({ keep: 2 })).rejects.toThrow(`The backup ${cut} is damaged`)
    expect(await db().backup.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({
      ...{ name: (await listBackups(dir)).at(-1), problem: expect.stringContaining('damaged') },
    })
    expect(await filesOfPool()).toEqual(expect.arrayContaining(before))
  })
})

describe('what was changed afterwards is found', () => {
  test('in the studio: a file with another byte, a file that is gone, and a file without a row', async () => {
    const [damaged, missing] = [
      await blobOf(await makeGeneration(actor)),
      await blobOf(await makeGeneration(actor)),
    ]
    const { strays: before } = await verifyStudio(quiet)
    const stray = await storeBlob(actor.teamId, Buffer.from(randomUUID()))
    const kept = [fs.readFileSync(damaged.file), fs.readFileSync(missing.file)] as const
    flip(damaged.file)
    fs.rmSync(missing.file)
    const { wrong, strays, files } = await verifyStudio(quiet)
    expect(wrong.toSorted()).toEqual(
      [
        `${damaged.teamId}/${damaged.sha256} is damaged: its SHA-256 is another`,
        `${missing.teamId}/${missing.sha256} is missing`,
      ].toSorted(),
    )
    expect([strays, files]).toEqual([before + 1, (await db().blob.count()) + before + 1])
    flip(blobFile(actor.teamId, stray.sha256))
    fs.writeFileSync(damaged.file, kept[0])
    fs.writeFileSync(missing.file, kept[1])
    expect((await verifyStudio(quiet)).wrong).toEqual([
      expect.stringContaining('which no row names, is damaged'),
    ])
    flip(blobFile(actor.teamId, stray.sha256))
    await verifyStudio(quiet, { removesStrays: true })
    expect(fs.existsSync(blobFile(actor.teamId, stray.sha256))).toBe(true) // may be about to be named
    const lastWeek = new Date(Date.now() - 7 * 86_400_000)
    fs.utimesSync(blobFile(actor.teamId, stray.sha256), lastWeek, lastWeek)
    fs.utimesSync(damaged.file, lastWeek, lastWeek)
    expect(await verifyStudio(quiet, { removesStrays: true })).toMatchObject({ removed: 1, wrong: [] })
    expect([stray.sha256, damaged.sha256].map((name) => fs.existsSync(blobFile(actor.teamId, name)))).toEqual(
      [false, true],
    )
  })

  test('beside the rows of another database no file is removed', async () => {
    const { sha256 } = await storeBlob(actor.teamId, Buffer.from(randomUUID()))
    const file = blobFile(actor.teamId, sha256)
    const lastWeek = new Date(Date.now() - 7 * DAY_MS)
    fs.utimesSync(file, lastWeek, lastWeek)
    const { id } = await db().dataDirectory.findFirstOrThrow()
    await db().dataDirectory.update({ where: { id }, data: { id: randomUUID() } })
    await expect(verifyStudio(quiet, { removesStrays: true })).rejects.toThrow(
      'is not the one that this database belongs to',
    )
    expect(fs.existsSync(file)).toBe(true)
    await db().dataDirectory.updateMany({ data: { id } })
    fs.rmSync(file)
  })

  test('in a backup: a table, a file and a manifest', async () => {
    const blob = await blobOf(await makeGeneration(actor))
    const { name } = await make()
    flip(inPool(blob))
    const { wrong } = await verifyBackup(dir, { tell: quiet })
    expect(wrong).toEqual([`${blob.teamId}/${blob.sha256} is damaged: its SHA-256 is another`])
    flip(inPool(blob))
    flip(path.join(backupFolder(dir, name), 'tables/Image.copy.gz'))
    expect((await verifyBackup(dir, { tell: quiet })).wrong).toEqual([
      'tables/Image.copy.gz does not match its SHA-256',
    ])
    const manifest = path.join(backupFolder(dir, name), 'manifest.json')
    flip(manifest)
    await expect(readManifest(dir, name)).rejects.toThrow('its manifest does not match its SHA-256')
    fs.rmSync(manifest)
    await expect(verifyBackup(dir, { tell: quiet })).rejects.toThrow('its manifest cannot be read')
  })
})

async function filesOfPool(): Promise<string[]> {
  const names: string[] = []
  for await (const { teamId, sha256 } of poolOf(dir).list()) names.push(`${teamId}/${sha256}`)
  return names
}

async function query(sql: string): Promise<pg.QueryResult<{ name: string }>> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}
