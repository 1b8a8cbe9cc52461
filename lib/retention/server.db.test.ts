import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { makeTeam, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration, makeSandboxAccount } from '@/e2e/support/images'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { KEPT_DAYS, removeExpired } from '@/lib/retention/server'

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)
let team: TestTeam
beforeEach(async () => {
  team = await makeTeam()
})

test('sessions go some time after their end, and a session that stands does not', async () => {
  const { session: days } = KEPT_DAYS
  const ends = [
    { name: 'stands', expiresAt: daysAgo(-5) },
    { name: 'ended lately', expiresAt: daysAgo(-5), endedAt: daysAgo(days - 1) },
    { name: 'ended long ago', expiresAt: daysAgo(-5), endedAt: daysAgo(days + 1) },
    { name: 'ran out long ago', expiresAt: daysAgo(days + 1) },
  ]
  for (const { name, ...end } of ends)
    await db().session.create({ data: { userId: team.owner.id, userAgent: name, ...end } })
  await removeExpired()
  const rows = await db().session.findMany({ where: { userId: team.owner.id } })
  expect(rows.map(({ userAgent }) => userAgent).sort()).toEqual(['ended lately', 'stands'])
})

test('invitations go some time after they were used, withdrawn or too old', async () => {
  const { invitation: days } = KEPT_DAYS
  const soon = daysAgo(-5)
  const ends = [
    { expiresAt: soon },
    { expiresAt: soon, acceptedAt: daysAgo(days + 1) },
    { expiresAt: soon, revokedAt: daysAgo(days + 1) },
    { expiresAt: daysAgo(days + 1) },
    { expiresAt: daysAgo(days - 1) },
  ]
  for (const end of ends)
    await db().invitation.create({
      data: {
        ...end,
        teamId: team.id,
        role: 'member',
        tokenHash: crypto.getRandomValues(new Uint8Array(32)),
        tokenCipher: new Uint8Array(1),
        createdById: team.owner.id,
      },
    })
  await removeExpired()
  expect(await db().invitation.count({ where: { teamId: team.id } })).toBe(2)
})

test('counts of failed sign-ins go after a quiet day, in any number', async () => {
  const data = Array.from({ length: 1_200 }, (_, at) => ({
    key: `old:${at}`,
    failures: 3,
    updatedAt: daysAgo(2),
  }))
  await db().signInThrottle.createMany({
    data: [...data, { key: 'young', failures: 3, updatedAt: new Date() }],
  })
  await removeExpired()
  expect((await db().signInThrottle.findMany()).map(({ key }) => key)).toEqual(['young'])
})

test('balances that were merely asked for go; what a generation spent and the newest stay', async () => {
  const { id: accountId } = await makeSandboxAccount()
  const { generation } = await makeGeneration(await makeActor(team, 'member'))
  const balances = { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 }
  const at = (days: number, generationId?: string) => ({
    ...{ accountId, generationId, ...balances },
    sentAt: daysAgo(days),
    receivedAt: daysAgo(days),
  })
  await db().creditSnapshot.createMany({ data: [at(300), at(200, generation.id), at(100)] })
  await removeExpired()
  const left = await db().creditSnapshot.findMany({ where: { accountId }, orderBy: { receivedAt: 'asc' } })
  expect(left.map(({ generationId }) => generationId)).toEqual([generation.id, null])
})

test('files that a crash left behind go after a day, and none that is young', async () => {
  for (const folder of ['uploads', 'making']) {
    await mkdir(path.join(env().dataDir, folder), { recursive: true })
    for (const name of ['old', 'young']) await writeFile(path.join(env().dataDir, folder, name), 'x')
    await utimes(path.join(env().dataDir, folder, 'old'), daysAgo(2), daysAgo(2))
  }
  await removeExpired()
  expect(await readdir(path.join(env().dataDir, 'uploads'))).toEqual(['young'])
  expect(await readdir(path.join(env().dataDir, 'making'))).toEqual(['young'])
})

test('halves that a crash left among the stored files go after a day, and nothing that is stored', async () => {
  const folder = path.join(env().dataDir, 'blobs', team.id, 'ab')
  await mkdir(folder, { recursive: true })
  const old = ['abcdef', 'abcdef.tmp', `abcdef.${crypto.randomUUID()}.tmp`, 'abcdef.purge']
  for (const name of [...old, 'young.tmp', 'young.purge']) await writeFile(path.join(folder, name), 'x')
  for (const name of old) await utimes(path.join(folder, name), daysAgo(2), daysAgo(2))
  await removeExpired()
  expect((await readdir(folder)).sort()).toEqual(['abcdef', 'young.purge', 'young.tmp'])
})
