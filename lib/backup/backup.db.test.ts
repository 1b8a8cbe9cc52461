import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { backupsIn, type BackupSite, flip, makeBackupSites, poolKey } from '@/e2e/support/backup-sites'
import { blobFile } from '@/e2e/support/blob-files'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { dumpDatabase, TABLES } from '@/lib/backup/dump'
import { keyIn } from '@/lib/backup/contents'
import { backUp, type BackupOptions } from '@/lib/backup/server'
import { verifyBackup, verifyStudio } from '@/lib/backup/verify'
import { purgeBytes } from '@/lib/images/purge'
import { asOnlyBackup, isBackupRunning } from '@/lib/platform/backup-lock'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { blobStore, storeBlob } from '@/lib/platform/storage'

const { sites, makeBucket, peer } = await makeBackupSites()
const quiet = () => undefined
let actor: Actor

beforeAll(demandOwnDirectory)
beforeEach(async () => {
  actor = await makeActor(await makeTeam(), 'admin')
})
afterEach(() => {
  peer.misbehave = () => undefined
  peer.before = () => undefined
})

const flipFile = (file: string) => {
  const bytes = fs.readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  fs.writeFileSync(file, bytes)
}

/** The file of the first of these images: its name and where it lies. */
async function blobOf({ images }: Awaited<ReturnType<typeof makeGeneration>>) {
  const blob = await db().blob.findUniqueOrThrow({ where: { id: images[0]?.blobId ?? '' } })
  return { ...blob, file: blobFile(blob.teamId, blob.sha256) }
}

const tablesIn = (site: BackupSite) => site.keys().filter((key) => key.includes('/tables/'))
const lastAttempt = () => db().backup.findFirst({ orderBy: { startedAt: 'desc' } })

test('a backup has every table that the database has', async () => {
  const { rows } = await query(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  )
  const names = rows.map(({ name }) => name)
  expect(names.toSorted()).toEqual(
    [...TABLES, 'Backup', 'Node', 'RateLimit', '_prisma_migrations'].toSorted(),
  )
})

test('a backup ends at once when a table cannot be written to its end', async () => {
  await db().team.update({ where: { id: actor.teamId }, data: { name: 'x'.repeat(20_000_000) } }) // more than any buffer
  const put = async (file: string, content: AsyncIterable<Buffer>) => {
    if (file === 'tables/Team.copy.gz') throw new Error('the disk is full')
    return { sizeBytes: (await buffer(content)).length, sha256: '' }
  }
  const dumping = asOnlyBackup((client) =>
    dumpDatabase(client, { put, partBytes: 1e9, isStopping: () => false }),
  )
  await expect(dumping).rejects.toThrow('the disk is full')
  await expect.poll(() => isBackupRunning(db())).toBe(false) // and keeps nobody out
  await db().team.update({ where: { id: actor.teamId }, data: { name: 'small' } })
})

describe.each(sites)('a backup in %s', (_kind, makeSite) => {
  let site: BackupSite
  beforeEach(() => {
    site = makeSite()
  })

  async function make(options: Partial<BackupOptions> = {}) {
    const made = await backUp({ address: site.address, keep: 14, ...options })
    if (!made) throw new Error('another backup runs')
    return made
  }
  const has = (key: string) => site.read(key) !== undefined
  const verify = (name?: string) => verifyBackup(site.address, { name, tell: quiet })

  test('copies with the next one only what is new, and says how much that was', async () => {
    await makeGeneration(actor, { count: 2 })
    const first = await make()
    const added = await blobOf(await makeGeneration(actor))
    const second = await make()
    expect(second.total).toMatchObject({ files: first.total.files + 1, newBytes: added.sizeBytes })
    expect(await lastAttempt()).toMatchObject({
      ...{ name: second.name, problem: null, newBytes: BigInt(added.sizeBytes), lostCount: 0 },
    })
    expect((await verify(first.name)).wrong).toEqual([])
    expect((await verify()).wrong).toEqual([])
  })

  test('that is stopped leaves nothing that looks like one, and the next one removes its leftovers', async () => {
    await makeGeneration(actor)
    let asked = 0
    await expect(make({ isStopping: () => (asked += 1) > TABLES.length })).rejects.toThrow('stopped')
    expect(backupsIn(site)).toEqual([])
    expect(tablesIn(site)).toHaveLength(TABLES.length)
    expect(await lastAttempt()).toMatchObject({ name: null, problem: 'The backup was stopped.' })
    await expect(verify()).rejects.toThrow('There is no backup in ')
    const { name } = await make()
    expect(backupsIn(site)).toEqual([name])
    expect(tablesIn(site).filter((key) => !key.startsWith(keyIn(name, '')))).toEqual([])
  })

  test('that cannot be written is none, and the next one is made', async () => {
    peer.misbehave = ({ method, key }) =>
      method === 'PUT' && key.includes('/tables/') ? 'denied' : undefined
    site.write('making', Buffer.from('a file where the folder should be'))
    await expect(make()).rejects.toThrow(/AccessDenied|EEXIST|ENOTDIR/)
    expect([backupsIn(site), tablesIn(site)]).toEqual([[], []])
    peer.misbehave = () => undefined
    site.remove('making')
    const { name } = await make()
    expect(backupsIn(site)).toEqual([name])
  })

  test('is none when something else removed a part of it meanwhile', async () => {
    await makeGeneration(actor)
    const lose = () => {
      const key = tablesIn(site).find((one) => one.endsWith('/Image.copy.gz'))
      if (key) site.remove(key)
    }
    await expect(make({ say: lose })).rejects.toThrow(/^tables\/Image\.copy\.gz is gone from /)
    expect(backupsIn(site)).toEqual([])
  })

  test('is not made beside another one', async () => {
    expect(await asOnlyBackup(() => backUp({ address: site.address, keep: 14 }))).toBeNull()
    expect(backupsIn(site)).toEqual([])
  })

  test('tells of a file that is missing or damaged here, and has all others', async () => {
    const [missing, damaged] = [
      await blobOf(await makeGeneration(actor)),
      await blobOf(await makeGeneration(actor)),
    ]
    const kept = [fs.readFileSync(missing.file), fs.readFileSync(damaged.file)] as const
    fs.rmSync(missing.file)
    flipFile(damaged.file)
    const { lost, total } = await make()
    expect(lost.map(({ sha256 }) => sha256).toSorted()).toEqual([missing.sha256, damaged.sha256].toSorted())
    expect(has(poolKey(damaged))).toBe(false)
    const { wrong } = await verify()
    expect(wrong).toHaveLength(2)
    fs.writeFileSync(missing.file, kept[0])
    fs.writeFileSync(damaged.file, kept[1])
    expect((await make()).total.files).toBe(total.files + 2)
  })

  test('is refused into a place with the backups of another studio', async () => {
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

  describe('of old backups', () => {
    test('the newest stay, and with them every file that one of them needs', async () => {
      const dropped = await blobOf(await makeGeneration(actor))
      const kept = await blobOf(await makeGeneration(actor))
      const { name: first } = await make()
      await db().image.updateMany({ where: { blobId: dropped.id }, data: { blobId: null } })
      await db().blob.delete({ where: { id: dropped.id } })
      const { name: second } = await make({ keep: 2 })
      expect([has(poolKey(dropped)), backupsIn(site)]).toEqual([true, [first, second]])
      const { name: third } = await make({ keep: 2 })
      expect(backupsIn(site)).toEqual([second, third])
      expect([has(poolKey(dropped)), has(poolKey(kept))]).toEqual([false, true])
      expect((await verify(second)).wrong).toEqual([])
    })

    test('no file goes where nobody knows what one of them needs; the new one is there all the same', async () => {
      await make()
      const { name: cut } = await make()
      const manifest = keyIn(cut, 'manifest.json')
      site.write(manifest, site.read(manifest)?.subarray(0, 100) ?? Buffer.alloc(0))
      const before = site.keys().filter((key) => key.startsWith('blobs/'))
      expect(before.length).toBeGreaterThan(0)
      await expect(make({ keep: 2 })).rejects.toThrow(`The backup ${cut} is damaged`)
      expect(await lastAttempt()).toMatchObject({
        ...{ name: backupsIn(site).at(-1), problem: expect.stringContaining('damaged') },
      })
      expect(site.keys()).toEqual(expect.arrayContaining(before))
    })
  })

  test('has a table that is larger than a part in several, and a part that is damaged or gone is found', async () => {
    await db().team.update({
      where: { id: actor.teamId },
      data: { name: randomBytes(300_000).toString('hex') },
    })
    const made = await make({ partBytes: 100_000 })
    const { parts = [] } = made.tables.find(({ name }) => name === 'Team') ?? {}
    expect(parts.map(({ file }) => file).slice(0, 3)).toEqual(
      ['', '.1', '.2'].map((number) => `tables/Team${number}.copy.gz`),
    )
    const sizes = parts.map(({ file }) => site.read(keyIn(made.name, file))?.length)
    expect(sizes).toEqual(parts.map(({ sizeBytes }) => sizeBytes))
    expect(Math.max(...parts.map(({ sizeBytes }) => sizeBytes))).toBeLessThanOrEqual(100_000)
    expect((await verify()).wrong).toEqual([])
    flip(site, keyIn(made.name, 'tables/Team.1.copy.gz'))
    site.remove(keyIn(made.name, 'tables/Team.2.copy.gz'))
    expect((await verify()).wrong).toEqual(
      [1, 2].map((number) => `tables/Team.${number}.copy.gz does not match its SHA-256`),
    )
    await db().team.update({ where: { id: actor.teamId }, data: { name: 'small' } })
  })

  test('that was changed afterwards is found: a table, a file and a manifest', async () => {
    const blob = await blobOf(await makeGeneration(actor))
    const { name } = await make()
    flip(site, poolKey(blob))
    const { wrong } = await verify()
    expect(wrong).toEqual([`${blob.teamId}/${blob.sha256} is damaged: its SHA-256 is another`])
    flip(site, poolKey(blob))
    flip(site, keyIn(name, 'tables/Image.copy.gz'))
    expect((await verify()).wrong).toEqual(['tables/Image.copy.gz does not match its SHA-256'])
    const manifest = keyIn(name, 'manifest.json')
    flip(site, manifest)
    await expect(verify()).rejects.toThrow('its manifest does not match its SHA-256')
    site.remove(manifest)
    await expect(verify(name)).rejects.toThrow('its manifest cannot be read')
  })
})

test.each(['/manifest.json', '/tables/'])(
  'a bucket that does not give %s is no damaged backup',
  async (part) => {
    const { address } = makeBucket()
    const made = await backUp({ address, keep: 14 })
    peer.misbehave = ({ method, key }) => (method === 'GET' && key.includes(part) ? 'denied' : undefined)
    await expect(verifyBackup(address, { tell: quiet })).rejects.toThrow('AccessDenied')
    peer.misbehave = () => undefined
    expect(await verifyBackup(address, { tell: quiet })).toMatchObject({ name: made?.name, wrong: [] })
  },
)

test('a backup is refused where it would lie among what it is of, or nowhere', async () => {
  const { address, keys } = makeBucket()
  const into = (to: string) => backUp({ address: to, keep: 14 })
  await expect(into(path.join(env().dataDir, 'backups'))).rejects.toThrow('must not lie in STUDIO_DATA_DIR')
  await expect(into(address.replace('studio', 'another'))).rejects.toThrow(
    /no such bucket \(NoSuchBucket\): make it/,
  )
  await expect(into('s3://Studio')).rejects.toThrow('s3://Studio must be an address such as s3://bucket')
  expect(keys()).toEqual([])
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

describe('what was changed afterwards is found', () => {
  test('in the studio: a file with another byte, a file that is gone, and a file without a row', async () => {
    const [damaged, missing] = [
      await blobOf(await makeGeneration(actor)),
      await blobOf(await makeGeneration(actor)),
    ]
    const { strays: before } = await verifyStudio(quiet)
    const stray = await storeBlob(actor.teamId, Buffer.from(randomUUID()))
    const kept = [fs.readFileSync(damaged.file), fs.readFileSync(missing.file)] as const
    flipFile(damaged.file)
    fs.rmSync(missing.file)
    const { wrong, strays, files } = await verifyStudio(quiet)
    expect(wrong.toSorted()).toEqual(
      [
        `${damaged.teamId}/${damaged.sha256} is damaged: its SHA-256 is another`,
        `${missing.teamId}/${missing.sha256} is missing`,
      ].toSorted(),
    )
    expect([strays, files]).toEqual([before + 1, (await db().blob.count()) + before + 1])
    flipFile(blobFile(actor.teamId, stray.sha256))
    fs.writeFileSync(damaged.file, kept[0])
    fs.writeFileSync(missing.file, kept[1])
    expect((await verifyStudio(quiet)).wrong).toEqual([
      expect.stringContaining('which no row names, is damaged'),
    ])
    flipFile(blobFile(actor.teamId, stray.sha256))
    await verifyStudio(quiet, { removesStrays: true })
    expect(fs.existsSync(blobFile(actor.teamId, stray.sha256))).toBe(true) // may be about to be named
    const lastWeek = new Date(Date.now() - 7 * DAY_MS)
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
})

async function query(sql: string): Promise<pg.QueryResult<{ name: string }>> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}
