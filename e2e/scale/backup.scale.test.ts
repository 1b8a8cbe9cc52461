import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { inPlace } from '@/e2e/support/other-place'
import { makeTeam } from '@/e2e/support/people'
import { createEmptyDatabase } from '@/e2e/support/test-database'
import { backUp } from '@/lib/backup/server'
import { verifyBackup, verifyStudio } from '@/lib/backup/verify'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import type { S3Settings } from '@/lib/platform/storage-settings'
import { backupCommands } from '@/scripts/backup'

const settings: S3Settings = JSON.parse(process.env.OBJECT_STORE_UNDER_TEST ?? '')
Object.assign(process.env, {
  BACKUP_S3_ENDPOINT: settings.endpoint,
  BACKUP_S3_ACCESS_KEY_ID: settings.accessKeyId,
  BACKUP_S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
})
const address = `s3://${settings.bucket}/backups-${randomUUID()}`
const quiet = () => undefined

test('a backup lies in a real object store, is verified there and restored from it; the next one copies what is new', async () => {
  vi.spyOn(console, 'log').mockImplementation(quiet)
  await demandOwnDirectory()
  const actor = await makeActor(await makeTeam(), 'admin')
  for (let made = 0; made < 30; made += 1) await makeGeneration(actor, { count: 4 })
  const noise = randomBytes(60_000).toString('hex') // so that its table does not fit into one part
  await db().team.update({ where: { id: actor.teamId }, data: { name: noise } })

  const first = await backUp({ address, keep: 2, partBytes: 20_000 })
  expect(first).toMatchObject({ lost: [], total: { files: await db().blob.count() } })
  expect((await verifyBackup(address, { tell: quiet })).wrong).toEqual([])

  await makeGeneration(actor)
  const second = await backUp({ address, keep: 2 })
  expect(second?.total.newBytes).toBeLessThan((first?.total.newBytes ?? 0) / 10)

  const place = {
    DATABASE_URL: await createEmptyDatabase(),
    STUDIO_DATA_DIR: path.join(temporaryFolder(), 'data'),
    STUDIO_SECRET: env().STUDIO_SECRET,
  }
  const restored = await inPlace(place, async () => {
    const code = await backupCommands({ from: address, backup: first?.name }).restore?.()
    const verified = await verifyStudio(quiet)
    const team = await db().team.findUnique({ where: { id: actor.teamId } })
    return { code, verified, images: await db().image.count(), name: team?.name }
  })
  expect(restored).toMatchObject({ code: 0, verified: { wrong: [], strays: 0 }, images: 120, name: noise })

  await backUp({ address, keep: 1 }) // the older ones go, their parts and what only they needed with them
  expect((await verifyBackup(address, { tell: quiet })).wrong).toEqual([])
  await expect(verifyBackup(address, { name: first?.name, tell: quiet })).rejects.toThrow('cannot be read')
  expect(fs.readdirSync(path.join(env().dataDir, 'making'))).toEqual([])
})
