import { expect, test } from 'vitest'
import { makePerson } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { createTeam } from '@/lib/teams/create'

test('gives teams of one name that are made at once an address each', async () => {
  const { id: ownerId } = await makePerson()
  const make = () => db().$transaction((tx) => createTeam(tx, { name: 'Same name', ownerId }))
  const made = await Promise.all([1, 2, 3, 4].map(make))
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(4)
})

test('begins its days where the studio does', async () => {
  const { id: ownerId } = await makePerson()
  const { id } = await db().$transaction((tx) => createTeam(tx, { name: 'In Seoul', ownerId }))
  expect((await db().team.findUnique({ where: { id } }))?.timeZone).toBe('Asia/Seoul')
})
