import { expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { generationListQuery } from '@/lib/generations/schema'
import { listGenerations } from '@/lib/generations/server'

test('generations are read by id, several at once, and never another team’s', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const stranger = await makeActor(await makeTeam(), 'member')
  const first = await makeGeneration(actor, { prompt: 'first' })
  await makeGeneration(actor, { prompt: 'not asked for' })
  const last = await makeGeneration(actor, { prompt: 'last' })
  const foreign = await makeGeneration(stranger)
  const ids = [last, first, foreign].map(({ generation }) => generation.id).join(',')
  const { items } = await listGenerations(actor, generationListQuery.parse({ ids }))
  expect(items.map(({ prompt }) => prompt)).toEqual(['last', 'first'])
})

test.each(['', 'x', 'not,ids', `${crypto.randomUUID()},`])('%j names no generations', (ids) => {
  expect(generationListQuery.safeParse({ ids }).success).toBe(false)
})
