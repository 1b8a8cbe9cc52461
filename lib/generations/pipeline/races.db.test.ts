import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeMember, makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { answerWithImages } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { cancelGeneration, createGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { serverAccountId } from '@/lib/upstream/server'

const SLOTS = 3
const RUNS = Array.from({ length: 20 }, (_, run) => run + 1)
const pipeline = setUpPipeline()

afterEach(pipeline.stopDispatchers)

async function fiveMembers(): Promise<Actor[]> {
  const team = await makeTeam()
  const first = await makeActor(team, 'member')
  const others = await Promise.all([1, 2, 3, 4].map(() => makeMember(team.id, 'member')))
  return [first, ...others.map(({ id }) => ({ ...first, userId: id, principal: id }))]
}

async function keepSlots() {
  const data = { planSlots: SLOTS, learnedSlots: null }
  await db().upstreamAccount.update({ where: { id: await serverAccountId() }, data })
}

function startThree() {
  return [1, 2, 3].map(() => pipeline.dispatch(crypto.randomUUID()))
}

function submit(actor: Actor, prompt: string) {
  const asked = { prompt, ratio: '1:1', styleId: 101, sample: 1, async: false } as const
  return createGeneration(actor, asked, new Headers({ 'idempotency-key': prompt }))
}

/** How each of them ended, by prompt, once all have. */
function ends(teamId: string): Promise<Map<string, string>> {
  const closed = ['succeeded', 'canceled', 'failed', 'unknown']
  return vi.waitFor(
    async () => {
      const rows = await db().generation.findMany({ where: { teamId } })
      expect(rows.filter(({ status }) => !closed.includes(status))).toEqual([])
      return new Map(rows.map(({ prompt, status }) => [prompt, status]))
    },
    { timeout: 45_000, interval: 20 },
  )
}

const sent = () => pipeline.upstream.calls.map(({ body }) => String(body.prompt))

describe.each(RUNS)('run %i of the races', (run) => {
  test('a full queue: each is sent once, slots are kept, and everybody has their turn', async () => {
    const actors = await fiveMembers()
    await keepSlots()
    pipeline.upstream.answer = answerWithImages({ delayMs: 10 })
    for (let turn = 0; turn < 3; turn++)
      for (const actor of actors) await submit(actor, `${actor.userId} ${turn} of ${run}`)
    startThree()
    await ends(actors[0]?.teamId ?? '')
    expect(sent()).toHaveLength(15)
    expect(new Set(sent()).size).toBe(15)
    expect(pipeline.upstream.peak).toBeLessThanOrEqual(SLOTS)
    const claims = await db().generation.findMany({
      where: { teamId: actors[0]?.teamId },
      orderBy: { claimedAt: 'asc' },
    })
    for (let turn = 0; turn < 3; turn++) {
      const served = claims.slice(turn * 5, turn * 5 + 5)
      expect(new Set(served.map(({ makerId }) => makerId)).size).toBe(5)
    }
  })

  test('doubled submits, cancels and the end of a dispatcher while claims go on: one call or none', async () => {
    const actors = await fiveMembers()
    await keepSlots()
    pipeline.upstream.answer = answerWithImages({ delayMs: 10 })
    const [leaving] = startThree()
    const asked = actors.flatMap((actor) =>
      [0, 1, 2, 3].map((turn) => ({ actor, prompt: `${actor.userId} ${turn} of ${run}`, turn })),
    )
    const canceled = new Set<string>()
    await Promise.all(
      asked.map(async ({ actor, prompt, turn }) => {
        const [once, again] = await Promise.all([submit(actor, prompt), submit(actor, prompt)])
        expect(again.id).toBe(once.id)
        if (turn === 1) leaving?.drain()
        if (turn < 3) return
        const answer = await cancelGeneration(actor, once.id).catch((error: unknown) => error)
        if (!isAppError(answer)) canceled.add(prompt)
        else expect(answer.code).toBe('no_longer_cancelable')
      }),
    )
    const ended = await ends(actors[0]?.teamId ?? '')
    expect(ended.size).toBe(20)
    for (const { prompt } of asked) {
      const isCanceled = canceled.has(prompt)
      expect(ended.get(prompt)).toBe(isCanceled ? 'canceled' : 'succeeded')
      expect(sent().filter((each) => each === prompt)).toHaveLength(isCanceled ? 0 : 1)
    }
    expect(pipeline.upstream.peak).toBeLessThanOrEqual(SLOTS)
  })
})
