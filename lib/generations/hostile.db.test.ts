import { afterEach, describe, expect, test, vi } from 'vitest'
import { hostileAnswers } from '@/e2e/support/hostile-answers'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/pictures'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { makePicture } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/auth/actor'
import { getCredits } from '@/lib/credits/server'
import { db } from '@/lib/db'
import { createGeneration, getGeneration } from '@/lib/generations/server'

const pipeline = setUpPipeline()
const style = { ratio: '1:1', styleId: 101, sample: 1, async: false } as const

afterEach(pipeline.stopDispatchers)

async function ended(actor: Actor, id: string) {
  return vi.waitFor(
    async () => {
      const generation = await getGeneration(actor, id)
      expect(['succeeded', 'failed', 'unknown']).toContain(generation.status)
      return generation
    },
    { timeout: 15_000, interval: 20 },
  )
}

describe('an answer of upstream', () => {
  test.each(hostileAnswers)(
    'with $name is settled, its slot is free and its call was the only one',
    async ({ name, send, status, pictures }) => {
      const actor = await makeActor(await makeTeam(), 'member')
      const picture = await makePicture(64)
      pipeline.upstream.answer = (call, response) => send(response, { call, picture })
      pipeline.dispatch()
      const { id } = await createGeneration(actor, { ...style, prompt: 'a whale' }, new Headers())
      const done = await ended(actor, id)
      const kept = done.images.filter(({ state }) => state === 'completed')
      expect({ status: done.status, pictures: kept.length }).toEqual({ status, pictures })
      expect(pipeline.upstream.calls).toHaveLength(1)
      const credits = await getCredits(actor)
      expect(credits.slots.inUse).toBe(0)
      const { answer, spool } = await db().generation.findUniqueOrThrow({ where: { id } })
      expect((answer ?? '').length).toBeLessThan(1 << 20)
      const isSilent = name === '204' || name === 'a flood of headers'
      if (done.status === 'unknown' && !isSilent) expect(spool ?? answer).not.toBeNull()
    },
  )
})
