import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { GET as getAnswer } from '@/app/api/v1/generations/[id]/answer/route'
import { temporaryFolder } from '@/e2e/support/folders'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { startS3Peer } from '@/e2e/support/s3-peer'
import { makeAnswer, makeImage } from '@/e2e/support/upstream'
import { createApiKey } from '@/lib/api-keys/server'
import { verifyStudio } from '@/lib/backup/verify'
import { recoverLapsed } from '@/lib/generations/pipeline/recover'
import { sweepKeptAnswers } from '@/lib/generations/pipeline/unread'
import { createGeneration, getGeneration } from '@/lib/generations/server'
import { generationChanged } from '@/lib/generations/transition'
import { demandOwnDirectory, isOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { publish } from '@/lib/platform/events'
import { READER_VERSION } from '@/lib/upstream/answer'
import { serverAccountId } from '@/lib/upstream/server'
import { spoolPath, SpoolWriter } from '@/lib/upstream/spool'

/** Several machines with an object store: each has a disk of its own. */
const peer = await startS3Peer()
Object.assign(process.env, peer.env)
const pipeline = setUpPipeline()
const home = temporaryFolder()
const UNREADABLE = '<html>\0 not what you asked for'
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }

async function use(machine: string) {
  env().dataDir = path.join(home, machine)
  await mkdir(env().dataDir, { recursive: true })
}
beforeAll(() => use('one'))
afterEach(pipeline.stopDispatchers)
afterAll(() => peer.stop())

async function submit() {
  const team = await makeTeam()
  const actor = await makeActor(team, 'admin')
  const asked = { ratio: '1:1', styleId: 101, sample: 2, async: false, prompt: 'a fox' } as const
  const { id } = await createGeneration(actor, asked, new Headers())
  return { actor, id }
}

/** An answer that could not be read, kept by the machine that asked. */
async function keepUnreadable() {
  pipeline.upstream.answer = (_call, response) =>
    void response.writeHead(201, { 'content-type': 'text/html' }).end(UNREADABLE)
  pipeline.dispatch()
  const { actor, id } = await submit()
  expect(await ended(actor, id)).toMatchObject({ status: 'unknown', statusReason: 'malformed' })
  await pipeline.stopDispatchers()
  const { secret } = await createApiKey(actor, { name: 'k', scopes: ['read', 'manage'] })
  const fetched = async () => {
    const request = new Request(`http://127.0.0.1/${id}`, { headers: { 'x-api-key': secret } })
    return (await getAnswer(request, { params: Promise.resolve({ id }) })).text()
  }
  return { actor, id, fetched }
}

async function write(id: string) {
  const answer = makeAnswer({ groupId: 'g' }, [await makeImage(), await makeImage()], balances)
  const spool = await SpoolWriter.open(spoolPath(id, 1))
  const body = spool.body({ status: 201, sentAt: new Date() })
  await new Promise<void>((resolve) => body.end(JSON.stringify(answer), () => resolve()))
  await spool.keep({ status: 201, sentAt: new Date(), receivedAt: new Date(), whole: true })
}

test('each machine takes a new directory, and none that is another studio’s', async () => {
  await use('one')
  await demandOwnDirectory()
  await use('two')
  await demandOwnDirectory()
  expect(await isOwnDirectory()).toBe(true)
  expect(readFileSync(path.join(home, 'two', 'identity'), 'utf8')).toBe(
    readFileSync(path.join(home, 'one', 'identity'), 'utf8'),
  )
  await db().dataDirectory.deleteMany()
  await use('three')
  await Promise.all([demandOwnDirectory(), demandOwnDirectory(), demandOwnDirectory()])
  await use('one')
  await expect(demandOwnDirectory()).rejects.toThrow('is not the one that this database belongs to')
})

test('a kept answer can be fetched from every machine once it was brought, and is removed from all', async () => {
  await use('one')
  const { id, fetched } = await keepUnreadable()
  await use('two')
  await expect(fetched()).resolves.not.toBe(UNREADABLE)
  await use('one')
  await sweepKeptAnswers()
  expect(existsSync(spoolPath(id, 1))).toBe(false)
  await use('two')
  expect(await fetched()).toBe(UNREADABLE)
  expect((await verifyStudio(() => undefined)).wrong).toEqual([])
  expect([...peer.objects.keys()]).toContain(`team/answers/${id}.1`)
  await sweepKeptAnswers(new Date(Date.now() + 31 * DAY_MS))
  expect([...peer.objects.keys()].filter((key) => key.includes(id))).toEqual([])
})

test('a machine forgets no answer that lies on another one’s disk, and reads what was brought', async () => {
  await use('one')
  const { actor, id } = await keepUnreadable()
  await write(id) // as if the reader had learned to read it
  await db().generation.update({ where: { id }, data: { spoolReader: READER_VERSION - 1 } })
  await use('two')
  await sweepKeptAnswers()
  expect(await db().generation.findUnique({ where: { id } })).toMatchObject({ spool: `${id}.1` })
  peer.objects.set(`team/answers/${id}.1`, {
    bytes: readFileSync(path.join(home, 'one', 'spool', `${id}.1`)),
    modifiedAt: new Date(),
  })
  await sweepKeptAnswers()
  expect(await getGeneration(actor, id)).toMatchObject({ status: 'succeeded', images: [{}, {}] })
  expect([...peer.objects.keys()].filter((key) => key.includes(`answers/${id}`))).toEqual([])
})

test('what a machine gave up for another one, the other one ends from its own disk as soon as it hears of it', async () => {
  await use('two')
  const { actor, id } = await submit()
  const accountId = await serverAccountId()
  const lapsed = { leaseOwner: crypto.randomUUID(), leaseExpiresAt: new Date(Date.now() - 1_000) }
  await db().generation.update({ where: { id }, data: { status: 'sending', attempts: 1, ...lapsed } })
  await recoverLapsed(accountId, crypto.randomUUID())
  expect(await getGeneration(actor, id)).toMatchObject({ status: 'unknown', statusReason: 'lease_expired' })
  await use('one')
  await write(id)
  pipeline.dispatch()
  const told = { ...generationChanged(actor.teamId, id), account: accountId, status: 'unknown' }
  await publish(db(), told)
  await expect.poll(async () => (await getGeneration(actor, id)).status).toBe('succeeded')
  expect(pipeline.upstream.calls).toEqual([])
})
