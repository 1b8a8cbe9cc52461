import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest'
import { answerWithImages, startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { startDispatcher, type Dispatcher } from '@/lib/generations/pipeline/dispatcher'
import { getGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'

export type Pipeline = {
  /** Counts from zero, and answers with images, at the start of every test. */
  upstream: FakeUpstream
  /** Starts one more dispatcher. */
  dispatch: (owner?: string) => Dispatcher
  /** Ends all of them, with the calls that are under way. */
  stopDispatchers: () => Promise<void>
}

/** The generation pipeline of a test file: a Flamel over real HTTP, live events, and dispatchers that end with the file. */
export function setUpPipeline(): Pipeline {
  let upstream: FakeUpstream
  let dispatchers: Dispatcher[] = []
  const stopDispatchers = async () => {
    for (const one of dispatchers) one.drain()
    await Promise.all(dispatchers.map((one) => one.finished()))
    dispatchers = []
  }
  beforeAll(async () => {
    upstream = await startUpstream()
    process.env.FLAMEL_API_KEY = 'test-key'
    process.env.FLAMEL_API_URL = upstream.url
    await startListening(connectionName(true))
  })
  beforeEach(() => {
    upstream.calls = []
    upstream.peak = 0
    upstream.answer = answerWithImages()
    upstream.account = undefined
    upstream.answerImage = undefined
    upstream.answerMe = undefined
  })
  afterAll(async () => {
    await stopDispatchers()
    await stopListening()
    await db().$disconnect()
    await upstream.close()
  })
  return {
    get upstream() {
      return upstream
    },
    dispatch(owner) {
      const dispatcher = startDispatcher(owner)
      dispatchers.push(dispatcher)
      return dispatcher
    },
    stopDispatchers,
  }
}

/** The generation once it has ended. */
export async function ended(actor: Actor, id: string) {
  return vi.waitFor(
    async () => {
      const generation = await getGeneration(actor, id)
      expect(['succeeded', 'failed', 'unknown']).toContain(generation.status)
      return generation
    },
    { timeout: 30_000, interval: 20 },
  )
}
