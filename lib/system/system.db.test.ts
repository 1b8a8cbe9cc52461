import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { db } from '@/lib/platform/db'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { getSandbox, resetSandbox, updateSandbox } from '@/lib/system/sandbox'
import { checkKey, getSystem } from '@/lib/system/server'
import { serverAccountId } from '@/lib/upstream/server'
import { spoolDir } from '@/lib/upstream/spool'
import { startSandbox, type Sandbox } from '@/sandbox/server'

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sandbox-'))
let sandbox: Sandbox
let admin: Actor

beforeAll(async () => {
  sandbox = await startSandbox({ directory, latencyMs: [0, 0], isPlain: true })
  process.env.SANDBOX_PORT = String(sandbox.port)
})
afterAll(async () => {
  await sandbox.close()
  fs.rmSync(directory, { recursive: true, force: true })
})
beforeEach(async () => {
  admin = await makeActor(await makeTeam(), 'admin')
})

const leaseOf = (status: string) =>
  status === 'sending' || status === 'pending'
    ? { leaseOwner: randomUUID(), leaseExpiresAt: new Date(Date.now() + 60_000) }
    : {}

describe('the system page', () => {
  test('counts the bytes of the own team alone', async () => {
    await makeGeneration(await makeActor(await makeTeam(), 'member'), { count: 2 })
    const { images } = await makeGeneration(admin, { count: 2 })
    const blobs = await db().blob.findMany({
      where: { images: { some: { id: { in: images.map(({ id }) => id) } } } },
    })
    const { storage } = await getSystem(admin)
    const imageBytes = blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    expect(storage).toMatchObject({ imageCount: 2, imageBytes })
    expect(storage.freeBytes).toBeGreaterThan(0)
  })

  test('tells a disk that takes nothing as one without room', async () => {
    fs.rmSync(spoolDir(), { recursive: true, force: true })
    fs.writeFileSync(spoolDir(), '') // no folder: nothing can be written in it
    try {
      const freeBytes = async () => (await getSystem(admin)).storage.freeBytes
      await expect.poll(freeBytes, { timeout: 20_000 }).toBe(0)
    } finally {
      fs.rmSync(spoolDir())
    }
  })

  test('counts what waits, what is under way and what nobody knows, of every team on the key', async () => {
    const before = (await getSystem(admin)).queue
    const other = await makeActor(await makeTeam(), 'member')
    for (const [actor, status] of [
      [admin, 'queued'],
      [other, 'queued'],
      [other, 'sending'],
      [admin, 'pending'],
      [admin, 'unknown'],
      [admin, 'succeeded'],
    ] as const) {
      const { generation } = await makeGeneration(actor)
      await db().generation.update({ where: { id: generation.id }, data: { status, ...leaseOf(status) } })
    }
    const { queue, slots } = await getSystem(admin)
    expect(queue).toEqual({
      waiting: before.waiting + 2,
      underWay: before.underWay + 2,
      unknown: before.unknown + 1,
    })
    expect(slots.inUse).toBe(queue.underWay)
  })

  test('says how long the longest waits, and how this server itself is', async () => {
    const { generation } = await makeGeneration(admin)
    const createdAt = new Date(Date.now() - HOUR_MS)
    await db().generation.update({ where: { id: generation.id }, data: { status: 'queued', createdAt } })
    const { longestWaitS, process: own } = await getSystem(admin)
    expect(longestWaitS).toBeGreaterThanOrEqual(3_600)
    expect(own.connections.total).toBe(12)
    expect(own.connections.inUse).toBeLessThanOrEqual(12)
    expect(own.loopDelayMs).toBeGreaterThanOrEqual(0)
    await db().generation.update({ where: { id: generation.id }, data: { isHeld: true } })
    expect((await getSystem(admin)).longestWaitS).toBeLessThan(3_600)
  })

  test('draws the last balance of each day, by the days of the team’s time zone', async () => {
    const accountId = await serverAccountId()
    const noonInSeoul = Date.now() - (Date.now() % DAY_MS) - 3 * DAY_MS + 3 * HOUR_MS
    const seen = [
      { dailyCredit: 90, receivedAt: new Date(noonInSeoul) },
      { dailyCredit: 80, receivedAt: new Date(noonInSeoul + 11 * HOUR_MS) }, // 23:00 in Seoul
      { dailyCredit: 70, receivedAt: new Date(noonInSeoul + 13 * HOUR_MS) }, // 01:00 of the next day
    ]
    await db().creditSnapshot.createMany({
      data: seen.map((one) => ({
        ...one,
        accountId,
        defaultCredit: 1,
        monthlyCredit: 2,
        sentAt: one.receivedAt,
      })),
    })
    const { balances } = await getSystem(admin)
    expect(balances.map(({ dailyCredit }) => dailyCredit).slice(0, 2)).toEqual([80, 70])
    expect(balances.map(({ day }) => day)).toEqual(balances.map(({ day }) => day).toSorted())
  })
})

describe('the key check', () => {
  test('says that a key works, with the balances as they are now', async () => {
    await db().upstreamAccount.update({
      where: { id: await serverAccountId() },
      data: { keyProblem: 'api_key_expired', checkedAt: null },
    })
    const { upstream } = await checkKey(admin)
    expect(upstream).toMatchObject({ kind: 'sandbox', keyProblem: null })
    expect(upstream.dailyCredit).toBe((await getSandbox(admin)).dailyCredit)
    expect(Date.parse(upstream.checkedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  test('says why one does not, without the balances of another account', async () => {
    Object.assign(env(), { FLAMEL_API_KEY: 'wrong', FLAMEL_API_URL: sandbox.url }) // the sandbox refuses a key of this name
    const { upstream } = await checkKey(admin)
    Object.assign(env(), { FLAMEL_API_KEY: undefined })
    expect(upstream).toMatchObject({ keyProblem: 'wrong_api_key', dailyCredit: null, source: 'environment' })
    expect((await checkKey(admin)).upstream.keyProblem).toBeNull()
  })
})

describe('the sandbox panel', () => {
  test('sets one thing at a time and takes everything back', async () => {
    const untouched = await getSandbox(admin)
    expect(untouched).toMatchObject({ provoked: null, latencyS: null })
    await updateSandbox(admin, { slots: 1 })
    await updateSandbox(admin, { latencyS: 2 })
    await updateSandbox(admin, { provoke: 'nsfw_image' })
    expect(await updateSandbox(admin, { dailyCredit: 3 })).toMatchObject({
      provoked: 'nsfw_image',
      slots: 1,
      latencyS: 2,
      dailyCredit: 3,
    })
    expect(await resetSandbox(admin)).toMatchObject({
      provoked: null,
      slots: untouched.slots,
      latencyS: null,
    })
    const entries = { teamId: admin.teamId, actorId: admin.userId, act: 'sandbox.changed' }
    expect(await db().auditEntry.count({ where: entries })).toBe(5)
  })

  test('offers every refusal and every fault that it can make', async () => {
    const { refusals, faults } = await getSandbox(admin)
    expect(refusals).toContain('not_enough_credit')
    expect(faults).toContain('reset_after')
  })
})
