import { afterEach, describe, expect, test } from 'vitest'
import { POST as dropIn } from '@/app/api/images/create/route'
import { hostileAnswers } from '@/e2e/support/hostile-answers'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { makeImage } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { getCredits } from '@/lib/credits/server'
import { createGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'

const pipeline = setUpPipeline()
const style = { ratio: '1:1', styleId: 101, sample: 1, async: false } as const

afterEach(pipeline.stopDispatchers)

const ways = {
  v1: async (actor: Actor) =>
    (await createGeneration(actor, { ...style, prompt: 'a whale' }, new Headers())).id,
  'the drop-in': async (actor: Actor, status: string) => {
    const { secret } = await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })
    const response = await dropIn(
      new Request('http://127.0.0.1:3000/api/images/create', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': secret },
        body: JSON.stringify({ ...style, prompt: 'a whale' }),
      }),
    )
    await response.text()
    if (status === 'succeeded') expect(response.status).toBe(201)
    if (status === 'unknown') expect(response.status).toBe(424)
    return response.headers.get('x-studio-generation') ?? ''
  },
}

describe.each(['v1', 'the drop-in'] as const)('through %s, an answer of upstream', (way) => {
  test.each(hostileAnswers)(
    'with $name is settled, its slot is free and its call was the only one',
    async ({ name, send, status, images }) => {
      const actor = await makeActor(await makeTeam(), 'member')
      const image = await makeImage(64)
      pipeline.upstream.answer = (call, response) => send(response, { call, image })
      pipeline.dispatch()
      const done = await ended(actor, await ways[way](actor, status))
      const kept = done.images.filter(({ state }) => state === 'completed')
      expect({ status: done.status, images: kept.length }).toEqual({ status, images })
      expect(pipeline.upstream.calls).toHaveLength(1)
      expect((await getCredits(actor)).slots.inUse).toBe(0)
      const { answer, spool } = await db().generation.findUniqueOrThrow({ where: { id: done.id } })
      expect((answer ?? '').length).toBeLessThan(1 << 20)
      const isSilent = name === '204' || name === 'a flood of headers'
      if (done.status === 'unknown' && !isSilent) expect(spool ?? answer).not.toBeNull()
    },
  )
})
