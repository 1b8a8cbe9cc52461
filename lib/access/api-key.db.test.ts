import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { authenticateKey } from '@/lib/access/api-key'
import { createApiKey, removeApiKey } from '@/lib/api-keys/server'
import { setQueueMode } from '@/lib/generations/queue/server'
import { removeMember } from '@/lib/members/leaving'
import { updateMember } from '@/lib/members/server'
import { db } from '@/lib/platform/db'
import { catchUp, publish, startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'
import { deleteTeam, updateTeam } from '@/lib/teams/server'

const listen = () => startListening(connectionName(true))
beforeAll(listen)
afterAll(stopListening)

/** A key that was used just now, by how it is asked of the database: it is remembered from now on. */
async function usedKey() {
  await makeTeam() // the studio's last team cannot be deleted
  const team = await makeTeam()
  const [owner, maker] = [await makeActor(team, 'owner'), await makeActor(team, 'admin')]
  const { id, secret } = await createApiKey(maker, { name: 'test', scopes: ['generate', 'manage'] })
  await catchUp()
  expect(await authenticateKey(secret)).toMatchObject({ state: 'ok' })
  return { team, owner, maker, id, secret }
}
type Used = Awaited<ReturnType<typeof usedKey>>

test('a key that was used is known without a question, while what would change it is surely heard', async () => {
  const { secret } = await usedKey()
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const asked = async () => {
    query.mockClear()
    await authenticateKey(secret)
    return query.mock.calls.filter(([text]) => JSON.stringify(text).includes('ApiKey')).length
  }
  expect(await asked()).toBe(0)
  await stopListening()
  expect([await asked(), await asked()]).toEqual([1, 1])
  await listen()
  query.mockRestore()
})

test('what was changed while nothing was heard is seen', async () => {
  const { id, secret } = await usedKey()
  await stopListening()
  await db().apiKey.update({ where: { id }, data: { revokedAt: new Date() } })
  expect(await authenticateKey(secret)).toEqual({ state: 'unknown' })
  await listen()
})

test.each<[string, (used: Used) => Promise<unknown>]>([
  ['is revoked', ({ owner, id }) => removeApiKey(owner, id)],
  ['has a maker who leaves', ({ owner, maker }) => removeMember(owner, maker.userId, {})],
  [
    'has a maker who is shut out',
    ({ owner, maker }) => updateMember(owner, maker.userId, { isDisabled: true }),
  ],
  [
    'has a team that ends',
    async ({ owner, team }) => {
      const { name } = await db().team.findUniqueOrThrow({ where: { id: team.id } })
      await deleteTeam(owner, { confirmation: name })
    },
  ],
])('a key that %s is unknown to the next request', async (_name, end) => {
  const used = await usedKey()
  await end(used)
  await catchUp()
  expect(await authenticateKey(used.secret)).toEqual({ state: 'unknown' })
})

test('what a key may do follows its maker, its team and its queue with the next request', async () => {
  const { owner, maker, secret } = await usedKey()
  const actor = async () => {
    await catchUp()
    const presented = await authenticateKey(secret)
    return presented.state === 'ok' ? presented.actor : null
  }
  await updateMember(owner, maker.userId, { role: 'member' })
  expect(await actor()).toMatchObject({ role: 'member', scopes: ['generate'] })
  await setQueueMode(owner, 'draining')
  expect(await actor()).toMatchObject({ isDraining: true })
  await updateTeam(owner, { isPrivateByDefault: true })
  expect(await actor()).toMatchObject({ isPrivateByDefault: true })
})

test('a key whose time is over meanwhile is expired, also from memory', async () => {
  const { id, secret } = await usedKey()
  await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 2_000) } })
  await publish(db(), { team: '*', kind: 'api-key', id })
  await catchUp()
  expect(await authenticateKey(secret)).toMatchObject({ state: 'ok' })
  vi.useFakeTimers({ now: Date.now() + 3_000, toFake: ['Date'] })
  expect(await authenticateKey(secret)).toEqual({ state: 'expired' })
  vi.useRealTimers()
})
