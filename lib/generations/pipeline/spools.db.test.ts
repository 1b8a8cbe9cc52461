import { mkdir, readdir, rmdir, utimes, writeFile } from 'node:fs/promises'
import { beforeEach, expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { startDispatcher } from '@/lib/generations/pipeline/dispatcher'
import { recoverSpools } from '@/lib/generations/pipeline/recover'
import { getGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { HOUR_MS } from '@/lib/platform/durations'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'
import { makeAnswer, makeImage } from '@/e2e/support/upstream'
import { discardSpool, SpoolWriter, spoolDir, spoolPath } from '@/lib/upstream/spool'
import type { GenerationStatus, Prisma } from '@/prisma/generated/client'

const names = async () => (await readdir(spoolDir())).sort()

beforeEach(() => mkdir(spoolDir(), { recursive: true }))

async function makeSpool(id: string, { suffix = '', ageMs = 0 } = {}) {
  const file = `${spoolPath(id, 1)}${suffix}`
  await writeFile(file, ' '.repeat(512))
  const at = new Date(Date.now() - ageMs)
  await utimes(file, at, at)
  return file
}

async function makeOf(
  status: GenerationStatus,
  data: Prisma.GenerationUncheckedUpdateInput = { finishedAt: new Date(), errorCode: 'x' },
) {
  const { generation } = await makeGeneration(await makeActor(await makeTeam(), 'member'))
  await db().generation.update({ where: { id: generation.id }, data: { attempts: 1, ...data, status } })
  return generation.id
}

/** A whole answer under its final name, as a process leaves it that is killed before it can remove it. */
async function makeWholeSpool(id: string, answer: object) {
  const spool = await SpoolWriter.open(spoolPath(id, 1))
  const [sentAt, receivedAt] = [new Date(Date.now() - 5_000), new Date()]
  const body = spool.body({ status: 201, sentAt })
  await new Promise<void>((resolve) => body.end(JSON.stringify(answer), () => resolve()))
  await spool.keep({ status: 201, sentAt, receivedAt, whole: true })
}

test.each(['unknown', 'succeeded', 'failed'] as const)(
  'clearing leaves the answer that another process writes for a generation that is %s, and clears an old one',
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

const leased = () => ({
  finishedAt: null,
  leaseOwner: crypto.randomUUID(),
  leaseExpiresAt: new Date(Date.now() + 60_000),
})

test.each([
  ['succeeded', 1, {}],
  ['failed', 1, { errorCode: 'x' }],
  ['pending', 1, leased()],
  ['queued', 1, { finishedAt: null }], // upstream was busy: its no was written down, the call is made again
  ['sending', 2, leased()],
] as const)(
  'clearing clears at once what a killed process had written down and not removed (%s, attempt %i)',
  async (status, attempts, data) => {
    const id = await makeOf(status, { attempts, ...data })
    await makeWholeSpool(id, {})
    await recoverSpools()
    expect(await names()).not.toContain(`${id}.1`)
  },
)

test('clearing leaves a whole answer to whoever holds the lease of its call', async () => {
  const id = await makeOf('sending', leased())
  await makeWholeSpool(id, {})
  await recoverSpools()
  expect(await names()).toContain(`${id}.1`)
})

test('clearing keeps the images of an answer that came after a person had settled the end', async () => {
  const team = await makeTeam()
  const actor = await makeActor(team, 'member')
  const resolvedById = (await makeActor(team, 'admin')).userId
  const { generation } = await makeGeneration(actor)
  const { id } = generation
  await db().image.deleteMany({ where: { generationId: id } })
  const settled = { status: 'failed', attempts: 1, resolvedById, errorCode: 'unknown_outcome' } as const
  await db().generation.update({ where: { id }, data: settled })
  const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
  await makeWholeSpool(id, makeAnswer({ groupId: 'g' }, [await makeImage()], balances))
  await recoverSpools()
  expect(await getGeneration(actor, id)).toMatchObject({
    status: 'succeeded',
    images: [{ state: 'completed' }],
  })
  expect(await names()).not.toContain(`${id}.1`)
})

test('a dispatcher that could not listen finds the answer to what another machine gave up meanwhile', async () => {
  const name = connectionName(true)
  await startListening(name)
  const dispatcher = startDispatcher()
  const id = await makeOf('unknown', { finishedAt: new Date() })
  await db().image.deleteMany({ where: { generationId: id } })
  const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
  await makeWholeSpool(id, makeAnswer({ groupId: 'g' }, [await makeImage()], balances))
  await db()
    .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${name}`
  await expect
    .poll(async () => (await db().generation.findUnique({ where: { id } }))?.status)
    .toBe('succeeded')
  dispatcher.drain()
  await dispatcher.finished()
  await stopListening()
})

test('an answer for a generation that this database does not know stays for a month', async () => {
  const id = crypto.randomUUID()
  await makeSpool(id, { ageMs: 29 * 24 * HOUR_MS })
  await recoverSpools()
  expect(await names()).toContain(`${id}.1`)
  await makeSpool(id, { ageMs: 31 * 24 * HOUR_MS })
  await recoverSpools()
  expect(await names()).not.toContain(`${id}.1`)
})

test('an answer of an attempt before the last is removed, and nothing is read of it', async () => {
  const id = await makeOf('unknown', { attempts: 2, finishedAt: new Date() })
  const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
  await makeWholeSpool(id, makeAnswer({ groupId: 'g' }, [await makeImage()], balances))
  await recoverSpools()
  expect((await db().generation.findUnique({ where: { id } }))?.status).toBe('unknown')
  expect(await names()).not.toContain(`${id}.1`)
})

test('a disk that removes nothing of a spool fails nothing', async () => {
  const spool = spoolPath(crypto.randomUUID(), 1)
  await mkdir(`${spool}.part`)
  await expect(discardSpool(spool)).resolves.toBeUndefined()
  await rmdir(`${spool}.part`)
})
