import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { beforeEach, expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/pictures'
import { recoverSpools } from '@/lib/generations/pipeline/recover'
import { db } from '@/lib/platform/db'
import { spoolDir, spoolPath } from '@/lib/upstream/spool'
import type { GenerationStatus } from '@/prisma/generated/client'

const HOUR_MS = 3_600_000
const names = async () => (await readdir(spoolDir())).sort()

beforeEach(() => mkdir(spoolDir(), { recursive: true }))

async function makeSpool(id: string, { suffix = '', ageMs = 0 } = {}) {
  const file = `${spoolPath(id, 1)}${suffix}`
  await writeFile(file, ' '.repeat(512))
  const at = new Date(Date.now() - ageMs)
  await utimes(file, at, at)
  return file
}

async function makeOf(status: GenerationStatus) {
  const { generation } = await makeGeneration(await makeActor(await makeTeam(), 'member'))
  await db().generation.update({
    where: { id: generation.id },
    data: { status, attempts: 1, finishedAt: new Date(), errorCode: 'x' },
  })
  return generation.id
}

test.each(['unknown', 'succeeded', 'failed'] as const)(
  'a boot leaves the answer that another process writes for a generation that is %s, and clears an old one',
  async (status) => {
    const id = await makeOf(status)
    await makeSpool(id, { suffix: '.part' })
    await recoverSpools()
    expect(await names()).toContain(`${id}.1.part`)
    await makeSpool(id, { suffix: '.part', ageMs: 2 * HOUR_MS })
    await recoverSpools()
    expect(await names()).not.toContain(`${id}.1.part`)
  },
)

test('an answer for a generation that this database does not know stays for a month', async () => {
  const id = crypto.randomUUID()
  await makeSpool(id, { ageMs: 29 * 24 * HOUR_MS })
  await recoverSpools()
  expect(await names()).toContain(`${id}.1`)
  await makeSpool(id, { ageMs: 31 * 24 * HOUR_MS })
  await recoverSpools()
  expect(await names()).not.toContain(`${id}.1`)
})
