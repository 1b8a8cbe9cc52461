import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdAnswers } from '@/e2e/support/held-answers'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { answerWithImages } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { createGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { subscribe } from '@/lib/platform/events'
import { serverAccountId } from '@/lib/upstream/server'

const SLOTS = 3
const pipeline = setUpPipeline()
let actor: Actor
/** What answers the calls that are under way, by prompt. */
const answers = new Map<string, () => unknown>()
/** What was heard, as `<state> <id>`. */
const heard = new Set<string>()
let unsubscribe: () => void
let letGo: () => void

beforeEach(async () => {
  actor = await makeActor(await makeTeam(), 'member')
  const data = { planSlots: SLOTS, learnedSlots: null }
  await db().upstreamAccount.update({ where: { id: await serverAccountId() }, data })
  answers.clear()
  const answer = answerWithImages()
  pipeline.upstream.answer = (call, response) =>
    void answers.set(String(call.body.prompt), () => answer(call, response))
  unsubscribe = subscribe((event) => event.kind === 'generation' && heard.add(`${event.status} ${event.id}`))
})
afterEach(async () => {
  letGo?.()
  unsubscribe()
  vi.restoreAllMocks()
  for (const answer of answers.values()) answer()
  await pipeline.stopDispatchers()
})

test('what is queued during a claim is looked at after it, though that claim took the last that was seen to wait', async () => {
  const [first, second] = [await submit('a'), await submit('b'), await submit('c'), await submit('d')]
  pipeline.dispatch()
  for (const prompt of ['a', 'b', 'c']) await underWay(prompt)
  const claims = holdClaims()
  await end('a', first)
  await claims.begun()
  await isHeard('queued', await submit('e'))
  const isSent = async () => {
    await underWay('d')
    await end('b', second)
    await underWay('e')
  }
  expect(await claims.letGo(isSent)).toBe('claim')
})

test('a slot that is freed during a claim is taken after it, though that claim found none', async () => {
  const [first] = [await submit('a'), await submit('b'), await submit('c')]
  pipeline.dispatch()
  for (const prompt of ['a', 'b', 'c']) await underWay(prompt)
  const claims = holdClaims()
  await submit('d')
  await claims.begun()
  await end('a', first)
  expect(await claims.letGo(() => underWay('d'))).toBe('claim')
})

test('what waits while all slots are used when a dispatcher begins has the next one that is freed', async () => {
  const [first] = [await submit('a'), await submit('b'), await submit('c')]
  const before = pipeline.dispatch()
  for (const prompt of ['a', 'b', 'c']) await underWay(prompt)
  before.drain()
  await submit('d')
  const claims = holdClaims()
  letGo()
  pipeline.dispatch()
  await claims.begun('look')
  vi.spyOn(performance, 'now').mockReturnValue(performance.now()) // no sweep is due from now on
  await end('a', first)
  await underWay('d')
})

async function submit(prompt: string): Promise<string> {
  const asked = { prompt, ratio: '1:1', styleId: 101, sample: 1, async: false } as const
  return (await createGeneration(actor, asked, new Headers())).id
}

const underWay = (prompt: string) =>
  vi.waitFor(() => expect([...answers.keys()]).toContain(prompt), { timeout: 20_000 })
const isHeard = (status: string, id: string) =>
  vi.waitFor(() => expect([...heard]).toContain(`${status} ${id}`), { timeout: 20_000 })

async function end(prompt: string, id: string): Promise<void> {
  answers.get(prompt)?.()
  answers.delete(prompt)
  await ended(actor, id)
  await isHeard('succeeded', id)
}

/** By what the statements of the dispatcher's loop are known. */
const STEPS = {
  claim: 'WITH next AS',
  look: 'AS "hasQueued"',
  sweep: 'SELECT a.id::text FROM "UpstreamAccount"',
}

/** Keeps what claims find from who made them, until it lets go and says by what the dispatcher then goes on: it claims, or sweeps. */
function holdClaims() {
  const steps: string[] = []
  const held = new Promise<void>((resolve) => (letGo = resolve))
  holdAnswers((text) => {
    const step = Object.entries(STEPS).find(([, words]) => text.includes(words))?.[0]
    if (step) steps.push(step)
    return step === 'claim' && held
  })
  return {
    begun: (step: keyof typeof STEPS = 'claim') =>
      vi.waitFor(() => expect(steps).toContain(step), { timeout: 20_000 }),
    async letGo(isDone: () => Promise<unknown>) {
      steps.length = 0
      letGo()
      await isDone()
      return steps[0]
    },
  }
}
