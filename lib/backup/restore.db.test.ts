import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { backupsIn, type BackupSite, makeBackupSites, poolKey } from '@/e2e/support/backup-sites'
import { blobFile } from '@/e2e/support/blob-files'
import { temporaryFolder } from '@/e2e/support/folders'
import { makeActor, makeGeneration, makeSandboxAccount } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { inPlace, type Place } from '@/e2e/support/other-place'
import { createTestDatabase } from '@/e2e/support/test-database'
import type { Actor } from '@/lib/access/actor'
import { TABLES } from '@/lib/backup/dump'
import { keyIn } from '@/lib/backup/contents'
import { backUp, type BackupOptions } from '@/lib/backup/server'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { hashOf } from '@/lib/platform/storage'
import { backupCommands, type BackupValues } from '@/scripts/backup'
import { migrate } from '@/scripts/migrate.mjs'

const { sites, makeFolder } = await makeBackupSites()
const home = temporaryFolder()
const closing: pg.Client[] = []
let site: BackupSite
let actor: Actor

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await demandOwnDirectory()
})
beforeEach(async () => {
  site = makeFolder()
  actor = await makeActor(await makeTeam(), 'admin')
})
afterEach(() => Promise.all(closing.splice(0).map((client) => client.end())))

async function make(options: Partial<BackupOptions> = {}) {
  const made = await backUp({ address: site.address, keep: 14, ...options })
  if (!made) throw new Error('another backup runs')
  return made
}

/** A database without any table, and a data directory that is not there yet. */
async function emptyPlace(owner?: string): Promise<Place> {
  const name = `restored_${randomUUID().replaceAll('-', '')}`
  await (await connect(await serverUrl())).query(`CREATE DATABASE ${name}${owner ? ` OWNER ${owner}` : ''}`)
  const url = new URL(await serverUrl())
  url.pathname = `/${name}`
  if (owner) url.username = owner
  return {
    DATABASE_URL: url.href,
    STUDIO_DATA_DIR: path.join(fs.mkdtempSync(path.join(home, 'place-')), 'data'),
    STUDIO_SECRET: env().STUDIO_SECRET,
  }
}

async function serverUrl(): Promise<string> {
  return process.env.TEST_DATABASE_SERVER ?? ''
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  closing.push(client)
  return client
}

/** The command of the shell, at another place: its exit code. */
const restore = (place: Place, options: BackupValues = {}) =>
  inPlace(place, async () => backupCommands({ from: site.address, ...options }).restore?.())

const verify = (place: Place) => inPlace(place, async () => backupCommands({}).verify?.())

/** All rows of a table as text, in the order of their text. */
async function rowsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${table}" t ORDER BY 1`)
  return rows.map(({ row }) => row)
}

/** Every table of both databases, but for where a restore changes something. */
async function demandSame(place: Place, except: string[] = []) {
  const [own, restored] = [await connect(env().DATABASE_URL ?? ''), await connect(place.DATABASE_URL)]
  for (const table of TABLES.filter((name) => !except.includes(name)))
    expect([table, await rowsOf(restored, table)]).toEqual([table, await rowsOf(own, table)])
}

describe('a restore into an empty place', () => {
  test.each(sites)(
    'from %s by an owner who is no superuser has every row, every file and every key, and counts on',
    async (_kind, makeSite) => {
      site = makeSite()
      const admin = await connect(await serverUrl())
      const role = `owner_${randomUUID().replaceAll('-', '')}`
      await admin.query(`CREATE ROLE ${role} LOGIN`)
      const { images, generation } = await makeGeneration(actor, {
        count: 2,
        prompt: 'tab\tline\nback\\slash \\. 감',
      })
      fs.mkdirSync(path.join(env().dataDir, 'spool'), { recursive: true })
      fs.writeFileSync(path.join(env().dataDir, 'spool', 'an answer'), 'whole')
      await count(1)
      await db().ledgerEntry.create({
        data: {
          ...{
            kind: 'correction',
            accountId: generation.accountId,
            teamId: actor.teamId,
            makerId: actor.userId,
          },
          ...{ generationId: generation.id, images: 0 }, // its trigger writes a UsageChange
        },
      })
      const noise = randomBytes(60_000).toString('hex')
      await db().team.update({ where: { id: actor.teamId }, data: { name: noise } })
      const { tables } = await make({ partBytes: 20_000 })
      expect(tables.find(({ name }) => name === 'Team')?.parts.length).toBeGreaterThan(2)
      const place = await emptyPlace(role)
      expect(await restore(place)).toBe(0)
      await demandSame(place)
      for (const blob of await db().blob.findMany({ where: { images: { some: { id: images[0]?.id } } } }))
        expect(hashOf(fs.readFileSync(fileIn(place, blob)))).toBe(blob.sha256)
      expect(fs.readFileSync(path.join(place.STUDIO_DATA_DIR, 'spool', 'an answer'), 'utf8')).toBe('whole')
      expect(await verify(place)).toBe(0)
      expect(await shapeOf(place.DATABASE_URL)).toEqual(await shapeOf(env().DATABASE_URL ?? ''))
      const { rows } = await (
        await connect(place.DATABASE_URL)
      ).query(
        `INSERT INTO "UsageChange" ("teamId", at) VALUES ($1, now()) RETURNING id > (SELECT max(id) FROM "UsageChange") AS "isNext"`,
        [actor.teamId],
      )
      expect(rows).toEqual([{ isNext: true }])
      fs.rmSync(path.join(env().dataDir, 'spool'), { recursive: true })
    },
  )

  test('of a backup of the first format, where every table is one file', async () => {
    await makeGeneration(actor)
    const { tables, ...made } = await make()
    const asOneFile = tables.map(({ parts: [part], ...table }) => ({ ...table, ...part }))
    writeManifest({ ...made, ...{ format: 1, tables: asOneFile } })
    const place = await emptyPlace()
    expect(await restore(place)).toBe(0)
    await demandSame(place)
  })

  test('of a backup that was made while others wrote has one moment of all of it', async () => {
    await makeGeneration(actor, { count: 4 })
    await count(1)
    let isWriting = true
    let written = 0
    const write = async () => {
      while (isWriting) {
        await count(1)
        await makeGeneration(actor)
        written += 1
      }
    }
    const writers = [write(), write(), write()]
    await expect.poll(() => written).toBeGreaterThan(10)
    const before = written
    await make()
    isWriting = false
    await Promise.all(writers)
    expect(written - before).toBeGreaterThan(3)
    const place = await emptyPlace()
    expect(await restore(place)).toBe(0)
    expect(await verify(place)).toBe(0)
    const { rows } = await (
      await connect(place.DATABASE_URL)
    ).query(
      `SELECT (SELECT sum(used) FROM "BudgetCounter")::int - (SELECT sum(images) FROM "LedgerEntry")::int AS difference,
         (SELECT count(*) FROM "Generation" g WHERE status = 'succeeded'
           AND NOT EXISTS (SELECT FROM "Image" i WHERE i."generationId" = g.id))::int AS "without"`,
    )
    expect(rows[0].difference).toBe(0)
    expect(rows[0].without).toBeLessThanOrEqual(writers.length) // a writer makes the images after their generation
  })

  test('cancels what waited in the queue, for it may have been sent since', async () => {
    const { generation } = await makeGeneration(actor)
    const status = { status: 'queued', finishedAt: null, sentAt: null } as const
    await db().generation.update({ where: { id: generation.id }, data: status })
    await make()
    await db().generation.update({
      where: { id: generation.id },
      data: { status: 'succeeded', finishedAt: new Date() },
    })
    const place = await emptyPlace()
    expect(await restore(place)).toBe(0)
    const { rows } = await (
      await connect(place.DATABASE_URL)
    ).query(`SELECT status::text, charged::text FROM "Generation" WHERE id = $1`, [generation.id])
    expect(rows).toEqual([{ status: 'canceled', charged: 'no' }])
  })

  test('of a backup of an older version ends at this one', async () => {
    const [old, place] = [await emptyPlace(), await emptyPlace()]
    const { rows: migrations } = await (
      await connect(env().DATABASE_URL ?? '')
    ).query('SELECT migration_name AS name, checksum FROM _prisma_migrations ORDER BY 1')
    await migrate(old.DATABASE_URL, { only: migrations.slice(0, -1) })
    fs.mkdirSync(old.STUDIO_DATA_DIR)
    await inPlace(old, async () => {
      await demandOwnDirectory()
      await db().$executeRaw`INSERT INTO "Team" (id, slug, name) VALUES (gen_random_uuid(), 'older', '감')`
      await make()
    })
    expect(await restore(place)).toBe(0)
    expect(await shapeOf(place.DATABASE_URL)).toEqual(await shapeOf(env().DATABASE_URL ?? ''))
    expect(await rowsOf(await connect(place.DATABASE_URL), 'Team')).toEqual([
      expect.stringContaining(',older,감,'),
    ])
  })

  test('goes on where one was cut short before its rows were there', async () => {
    await makeGeneration(actor)
    const made = await make()
    const place = { ...(await emptyPlace()), DATABASE_URL: await createTestDatabase() } // migrated, without a row
    fs.mkdirSync(place.STUDIO_DATA_DIR, { recursive: true })
    fs.writeFileSync(path.join(place.STUDIO_DATA_DIR, 'identity'), `${made.dataDirectory}\n`)
    expect(await restore(place)).toBe(0)
    await demandSame(place, ['Generation', 'LedgerEntry'])
  })
})

describe('a restore is refused in a sentence', () => {
  const sentence = (place: Place, options: BackupValues = {}) =>
    restore(place, options).then(
      () => 'it was restored',
      (error: Error) => error.message,
    )

  test('into a place that is not empty', async () => {
    await make()
    const place = await emptyPlace()
    const own = { ...place, DATABASE_URL: env().DATABASE_URL ?? '' }
    expect(await sentence(own)).toMatch(/^The database is not empty \(\w+ has rows\)/)
    fs.mkdirSync(place.STUDIO_DATA_DIR, { recursive: true })
    fs.writeFileSync(path.join(place.STUDIO_DATA_DIR, 'identity'), randomUUID())
    expect(await sentence(place)).toContain("is another studio's")
  })

  test('without the secret, unless the loss is accepted', async () => {
    await makeGeneration(actor)
    await make()
    const place = await emptyPlace()
    expect(await sentence({ ...place, STUDIO_SECRET: undefined })).toContain(
      'The secret of the backup is missing',
    )
    expect(await sentence({ ...place, STUDIO_SECRET: 'x'.repeat(32) })).toContain(
      'The secret of the backup is missing',
    )
    expect(fs.existsSync(path.join(place.STUDIO_DATA_DIR, 'secret'))).toBe(false)
    expect(await restore({ ...place, STUDIO_SECRET: undefined }, { 'accept-loss': true })).toBe(0)
  })

  test('of a backup with a migration that this program does not have', async () => {
    const made = await make()
    made.migrations.push({ name: '20990101000000_later', checksum: '0' })
    writeManifest(made)
    expect(await sentence(await emptyPlace())).toBe(
      'This program does not have the migration 20990101000000_later: it takes one that is as new as the backup.',
    )
  })

  test.each(sites)(
    'from %s with damaged rows always, with damaged files unless the loss is accepted',
    async (_kind, makeSite) => {
      site = makeSite()
      const { images } = await makeGeneration(actor, { count: 2 })
      const [blob, other] = await db().blob.findMany({
        where: { images: { some: { id: { in: images.map(({ id }) => id) } } } },
      })
      const { name } = await make()
      if (blob) cut(poolKey(blob), 8)
      const place = await emptyPlace()
      expect(await sentence(place)).toContain(`1 files of `)
      expect(await restore(place, { 'accept-loss': true })).toBe(0)
      expect([blob, other].map((one) => one && fs.existsSync(fileIn(place, one)))).toEqual([false, true])
      cut(keyIn(name, 'tables/Team.copy.gz'), -1)
      expect(await sentence(await emptyPlace(), { 'accept-loss': true })).toContain(
        'tables/Team.copy.gz does not match',
      )
      cut(keyIn(name, 'manifest.json'), 10)
      expect(await sentence(await emptyPlace())).toContain('its manifest does not match its SHA-256')
      expect(backupsIn(site)).toEqual([name])
    },
  )
})

/** In place of the one that the backup has. */
function writeManifest(made: { name: string }) {
  const text = Buffer.from(JSON.stringify(made))
  site.write(keyIn(made.name, 'manifest.json'), text)
  site.write(keyIn(made.name, 'manifest.sha256'), Buffer.from(hashOf(text)))
}

const cut = (key: string, end: number) => site.write(key, Buffer.from(site.read(key)?.subarray(0, end) ?? []))

/** A budget's counter and the ledger, in one transaction: at every moment their sums are equal. */
async function count(images: number) {
  const account = await makeSandboxAccount()
  const scope = {
    teamId: actor.teamId,
    scope: 'team',
    subject: actor.teamId,
    unit: 'images',
    window: 'month',
  } as const
  const budget = await db().budget.upsert({
    where: { teamId_scope_subject_unit_window: scope },
    create: { ...scope, limit: 1e6 },
    update: {},
  })
  const place = { budgetId: budget.id, subjectId: actor.teamId, period: new Date('2026-11-01') }
  await db().$transaction(async (tx) => {
    await tx.budgetCounter.upsert({
      where: { budgetId_subjectId_period: place },
      create: { ...place, used: images },
      update: { used: { increment: images } },
    })
    await tx.ledgerEntry.create({
      data: { kind: 'fall', accountId: account.id, teamId: actor.teamId, images },
    })
  })
}

const fileIn = (place: Place, { teamId, sha256 }: { teamId: string; sha256: string }) =>
  path.join(place.STUDIO_DATA_DIR, path.relative(env().dataDir, blobFile(teamId, sha256)))

/** What a database has beside rows: constraints, indexes, triggers and whether they are on. */
async function shapeOf(url: string): Promise<unknown[]> {
  const { rows } = await (
    await connect(url)
  ).query(
    `SELECT conrelid::regclass::text AS of, conname AS name, pg_get_constraintdef(oid) AS is FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY 1, 2, 3`,
  )
  return rows
}
