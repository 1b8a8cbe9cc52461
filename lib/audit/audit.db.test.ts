import { expect, test } from 'vitest'
import { GET as listRoute } from '@/app/api/v1/audit/route'
import { call, makeMember, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import type { AuditPage } from '@/lib/audit/schema'
import { audit } from '@/lib/audit/server'
import { db } from '@/lib/platform/db'

const read = async (team: TestTeam, query = ''): Promise<AuditPage> => {
  const answer = await call(listRoute, `/api/v1/audit${query}`, { cookie: await signInAs(team.owner) })
  expect(answer.status).toBe(200)
  return answer.json()
}

test('names who did what to whom, newest first', async () => {
  const team = await makeTeam()
  const person = await makeMember(team.id, 'member')
  const entry = { teamId: team.id, actorId: team.owner.id, act: 'member.changed', subject: person.id }
  await audit(db(), { ...entry, detail: { role: 'viewer' } })
  const { items } = await read(team)
  expect(items.map(({ act }) => act)).toEqual(['member.changed', 'team.created'])
  expect(items[0]).toMatchObject({
    actor: { id: team.owner.id, name: team.owner.name },
    subject: { id: person.id, name: person.name },
    detail: { role: 'viewer' },
  })
})

test('is read page by page, and never another team’s', async () => {
  const [team, other] = [await makeTeam(), await makeTeam()]
  for (const act of ['one.done', 'two.done', 'three.done'])
    await audit(db(), { teamId: team.id, actorId: null, act, subject: team.id })
  const first = await read(team, '?limit=2')
  const second = await read(team, `?limit=2&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ act }) => act)).toEqual([
    'three.done',
    'two.done',
    'one.done',
    'team.created',
  ])
  expect(second.nextCursor).toBeNull()
  expect((await read(other)).items.map(({ act }) => act)).toEqual(['team.created'])
})
