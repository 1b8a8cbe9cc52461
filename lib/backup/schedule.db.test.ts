import fs from 'node:fs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { backupsIn, type BackupSite, makeBackupSites } from '@/e2e/support/backup-sites'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { backUpWhenDue } from '@/lib/backup/background'
import { getBackupState, getBackupStatus } from '@/lib/backup/status'
import { asOnlyBackup } from '@/lib/platform/backup-lock'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { getHealth } from '@/lib/system/health'
import { getSystem } from '@/lib/system/server'

const { makeFolder, makeBucket, peer } = await makeBackupSites()
let site: BackupSite

beforeAll(async () => {
  await demandOwnDirectory()
  await makeGeneration(await makeActor(await makeTeam(), 'member'))
})
beforeEach(async () => {
  site = makeFolder()
  Object.assign(env(), {
    BACKUP_DIR: site.address,
    BACKUP_AT: '03:30',
    BACKUP_KEEP: 3,
    STUDIO_TIME_ZONE: 'Asia/Seoul',
  })
  await db().backup.deleteMany()
})
afterEach(() => {
  env().BACKUP_DIR = undefined
})

const lookAt = (moment: string) => backUpWhenDue({ isStopping: () => false, now: new Date(moment) })
/** As if the last attempt had begun at that moment. */
const move = (moment: string) => db().backup.updateMany({ data: { startedAt: new Date(moment) } })

describe('the nightly backup', () => {
  test('is made at its time of day in the time zone, once', async () => {
    await lookAt('2026-11-28T00:00:00Z') // none yet
    expect(backupsIn(site)).toHaveLength(1)
    await move('2026-11-28T00:00:00Z') // 09:00 in Seoul
    await lookAt('2026-11-28T18:29:00Z')
    expect(backupsIn(site)).toHaveLength(1)
    await lookAt('2026-11-28T18:31:00Z') // 03:31 of the next day
    expect(backupsIn(site)).toHaveLength(2)
    await move('2026-11-28T18:31:00Z')
    await lookAt('2026-11-28T18:32:00Z')
    expect(backupsIn(site)).toHaveLength(2)
  })

  test('that was missed is made up for, by one process of several', async () => {
    await lookAt('2026-11-20T00:00:00Z')
    await move('2026-11-20T00:00:00Z')
    await Promise.all([lookAt('2026-11-28T00:00:00Z'), lookAt('2026-11-28T00:00:00Z')])
    expect(backupsIn(site)).toHaveLength(2)
  })

  test('that failed is tried again after an hour', async () => {
    fs.rmSync(site.address, { recursive: true })
    fs.writeFileSync(site.address, 'no folder')
    const at = new Date()
    const later = (ms: number) => new Date(at.getTime() + ms).toISOString()
    await expect(lookAt(later(0))).rejects.toThrow('ENOTDIR')
    await lookAt(later(HOUR_MS / 2)) // does not even try
    fs.rmSync(site.address)
    fs.mkdirSync(site.address)
    await lookAt(later(HOUR_MS / 2))
    expect(backupsIn(site)).toEqual([])
    await lookAt(later(HOUR_MS + 60_000))
    expect(backupsIn(site)).toHaveLength(1)
  })
})

describe('the nightly backup into a bucket', () => {
  test('that cannot be used fails in a sentence that the system page shows, and is made an hour later', async () => {
    site = makeBucket()
    env().BACKUP_DIR = site.address
    const later = new Date(Date.now() + HOUR_MS + 60_000).toISOString()
    peer.misbehave = () => 'denied'
    await expect(lookAt(new Date().toISOString())).rejects.toThrow('may not list, read, write and delete')
    const { backup } = await getSystem(await makeActor(await makeTeam(), 'admin'))
    expect(backup).toMatchObject({ state: 'late', last: null })
    expect(backup.problem?.sentence).toMatch(
      /^The object store s3:\/\/studio\/\S+ \(\S+\) cannot be used: the access key may not [^\n]+\.$/,
    )
    peer.misbehave = () => undefined
    await lookAt(later)
    expect(backupsIn(site)).toHaveLength(1)
    expect(await getHealth()).toMatchObject({ status: 'ok', backup: 'ok' })
  })
})

describe('the system page', () => {
  test('shows the last good one and why the last attempt failed', async () => {
    await lookAt(new Date().toISOString())
    await db().backup.create({ data: { startedAt: new Date(), endedAt: new Date(), problem: 'ENOSPC' } })
    const { backup } = await getSystem(await makeActor(await makeTeam(), 'admin'))
    const fileCount = await db().blob.count()
    expect(backup).toMatchObject({
      ...{ state: 'ok', isRunning: false, problem: { sentence: 'ENOSPC' } },
      ...{ schedule: { at: '03:30', timeZone: 'Asia/Seoul', keep: 3 }, last: { fileCount, lostCount: 0 } },
    })
    expect(backup.last?.databaseBytes).toBeGreaterThan(1_000)
  })

  test('says that one runs for as long as it does', async () => {
    const running = await asOnlyBackup(async () => (await getBackupStatus()).isRunning)
    expect([running, (await getBackupStatus()).isRunning]).toEqual([true, false])
  })
})

describe('the health check', () => {
  test('is alarmed when the last good one is older than two schedules', async () => {
    expect(await getHealth()).toMatchObject({ status: 'ok', backup: 'waiting' })
    await lookAt(new Date().toISOString())
    await db().backup.updateMany({ data: { startedAt: new Date(Date.now() - 47 * HOUR_MS) } })
    expect(await getHealth()).toMatchObject({ status: 'ok', backup: 'ok' })
    await db().backup.updateMany({ data: { startedAt: new Date(Date.now() - 49 * HOUR_MS) } })
    expect(await getHealth()).toMatchObject({ status: 'degraded', backup: 'late' })
    env().BACKUP_DIR = undefined
    expect(await getHealth()).toMatchObject({ status: 'ok', backup: 'off' })
  })

  test('is alarmed when there is none although one was tried', async () => {
    await db().backup.create({ data: { endedAt: new Date(), problem: 'ENOSPC' } })
    expect(await getBackupState()).toBe('late')
  })
})
