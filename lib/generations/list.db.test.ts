import { expect, test } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { generationListQuery } from '@/lib/generations/schema'
import { listGenerations, setDismissed } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'

async function makeEnded(actor: Actor, data: Prisma.GenerationUncheckedUpdateInput) {
  const ended = await makeGeneration(actor)
  await db().generation.update({ where: { id: ended.generation.id }, data })
  return ended
}

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

test('what came to nothing can be put away in the feed and taken back; the rest cannot', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const failed = await makeEnded(actor, { status: 'failed', errorCode: 'unlisted', charged: 'no' })
  const succeeded = await makeGeneration(actor)
  const feed = async () => {
    const { items } = await listGenerations(actor, generationListQuery.parse({ dismissed: 'false' }))
    return items.map(({ id }) => id)
  }
  expect(await setDismissed(actor, failed.generation.id, true)).toMatchObject({ dismissed: true })
  expect(await feed()).toEqual([succeeded.generation.id])
  expect((await listGenerations(actor, generationListQuery.parse({}))).items).toHaveLength(2)
  await setDismissed(actor, failed.generation.id, false)
  expect(await feed()).toHaveLength(2)
  await expect(setDismissed(actor, succeeded.generation.id, true)).rejects.toMatchObject({
    code: 'not_dismissible',
  })
  const other = await makeActor({ id: actor.teamId, slug: actor.teamSlug }, 'member')
  await expect(setDismissed(other, failed.generation.id, true)).rejects.toMatchObject({ code: 'forbidden' })
})

test('ends that nobody knows are found wherever they stand', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const unknown = await makeEnded(actor, { status: 'unknown', charged: 'unknown' })
  await makeGeneration(actor)
  const { items } = await listGenerations(actor, generationListQuery.parse({ status: 'unknown' }))
  expect(items.map(({ id }) => id)).toEqual([unknown.generation.id])
})
