import { beforeEach, expect, test, vi } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { makeAnswer, refuseWith, sendJson, type Answer } from '@/e2e/support/upstream'
import { withSetting } from '@/e2e/support/with-setting'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { cancelGeneration, resolveGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'
import { serverAccountId } from '@/lib/upstream/server'

const pipeline = setUpPipeline()
const body = { prompt: 'a unicorn', styleId: 352, ratio: '1:1', sample: 1 }
const another = { ...body, prompt: 'two unicorns' }

let actor: Actor
let secret: string
beforeEach(async () => {
  await pipeline.stopDispatchers()
  actor = await makeActor(await makeTeam(), 'member')
  const made = await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })
  secret = made.secret
})

function post(sent: unknown, signal?: AbortSignal, key = 'once'): Promise<Response> {
  return create(
    new Request('http://127.0.0.1:3000/api/images/create', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': secret, 'idempotency-key': key },
      body: JSON.stringify(sent),
      signal,
    }),
  )
}

const rows = () =>
  db().generation.findMany({ where: { teamId: actor.teamId }, orderBy: { createdAt: 'asc' } })

async function queuedId(): Promise<string> {
  return vi.waitFor(
    async () => {
      const queued = (await rows()).find(({ status }) => status === 'queued')
      if (!queued) throw new Error('nothing is queued')
      return queued.id
    },
    { timeout: 30_000, interval: 5 },
  )
}

/** Nothing could be sent for it for so long that it was given up. */
async function giveUp(errorCode: 'upstream_unreachable' | 'no_space'): Promise<Response> {
  const waiting = post(body)
  const data = { status: 'failed', errorCode, charged: 'no', finishedAt: new Date() } as const
  await db().generation.update({ where: { id: await queuedId() }, data })
  return waiting
}

/** Nobody sends it in its time. */
const overdue = () => withSetting('STUDIO_QUEUE_WAIT_S', 1, () => post(body))

async function withoutWorker(): Promise<Response> {
  await stopListening()
  await startListening(connectionName(false))
  const response = await overdue()
  await stopListening()
  await startListening(connectionName(true))
  return response
}

/** How an attempt ends for which nothing was sent, and what its client is told. */
const ends: Record<string, { status: number; attempt: () => Promise<Response> }> = {
  'refused for its body': { status: 400, attempt: () => post({ ...body, ratio: '2:1' }) },
  'refused for a source of another team': {
    status: 404,
    attempt: async () => {
      const foreign = { accountId: await serverAccountId(), path: `1/${crypto.randomUUID()}.png` }
      const other = await makeActor(await makeTeam(), 'member')
      await db().reference.create({ data: { ...foreign, teamId: other.teamId, makerId: other.userId } })
      return post({ prompt: 'a unicorn', ratio: '1:1', image: foreign.path })
    },
  },
  'without a place in the queue until its time was up': { status: 403, attempt: overdue },
  'canceled by a person in the queue': {
    status: 422,
    attempt: async () => {
      const waiting = post(body)
      await cancelGeneration(actor, await queuedId())
      return waiting
    },
  },
  'left by its client in the queue': {
    status: 499,
    attempt: async () => {
      const gone = new AbortController()
      const waiting = post(body, gone.signal)
      await queuedId()
      gone.abort()
      return waiting
    },
  },
  'without anybody to send it': { status: 503, attempt: withoutWorker },
  'given up because upstream could not be reached': {
    status: 503,
    attempt: () => giveUp('upstream_unreachable'),
  },
  'given up because the disk was full': { status: 503, attempt: () => giveUp('no_space') },
}

test.each(Object.entries(ends))(
  'a key is free again for the same and for another body once its attempt ended %s',
  async (_how, { status, attempt }) => {
    for (const next of [body, another]) {
      expect((await attempt()).status).toBe(status)
      expect(pipeline.upstream.calls).toHaveLength(0)
      pipeline.dispatch()
      const first = await post(next)
      expect([first.status, pipeline.upstream.calls.length]).toEqual([201, 1])
      await first.arrayBuffer()
      const replayed = await post(next)
      expect(replayed.headers.get('x-studio-generation')).toBe(first.headers.get('x-studio-generation'))
      await replayed.arrayBuffer()
      expect(pipeline.upstream.calls.map(({ body: { prompt } }) => prompt)).toEqual([next.prompt])
      await pipeline.stopDispatchers()
      await db().generation.updateMany({ where: { teamId: actor.teamId }, data: { idempotencyKey: null } })
      pipeline.upstream.calls = []
    }
  },
)

test('of two that take a free key at once, one is sent and both have its answer', async () => {
  expect((await overdue()).status).toBe(403)
  pipeline.dispatch()
  const answers = await Promise.all([post(body), post(body), post(body)])
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ headers }) => headers.get('x-studio-generation'))).size).toBe(1)
  expect(pipeline.upstream.calls).toHaveLength(1)
})

test('what was sent keeps its key, also when upstream refused it or nobody knows how it ended', async () => {
  pipeline.dispatch()
  pipeline.upstream.answer = refuseWith(403, 'premium_collection(234)')
  expect([(await post(body)).status, (await post(body)).status]).toEqual([403, 403])
  expect((await post(another)).status).toBe(422)
  expect(pipeline.upstream.calls).toHaveLength(1)
  await db().generation.updateMany({ where: { teamId: actor.teamId }, data: { idempotencyKey: null } })
  pipeline.upstream.answer = (_call, response) => void response.destroy()
  expect([(await post(body)).status, (await post(body)).status]).toEqual([424, 424])
  expect((await post(another)).status).toBe(422)
  expect(pipeline.upstream.calls).toHaveLength(2)
})

test('an end that nobody knew stays one for its client, also once a person has settled it', async () => {
  pipeline.dispatch()
  const ends: Record<string, Answer> = {
    'images that are none': (call, response) =>
      sendJson(
        response,
        201,
        makeAnswer(call.body, ['%%%'], { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 }),
      ),
    'a status that says nothing': (_call, response) => sendJson(response, 504, { message: 'late' }),
  }
  for (const [what, answer] of Object.entries(ends))
    for (const resolution of ['charged', 'not_charged'] as const) {
      pipeline.upstream.answer = answer
      const key = `${what} ${resolution}`
      const first = await post(body, undefined, key)
      const id = first.headers.get('x-studio-generation') ?? ''
      await resolveGeneration(actor, id, resolution)
      const again = await post(body, undefined, key)
      const said = { success: false, code: 424, data: `generation_unknown (${id})` }
      expect([await first.json(), again.status, await again.json()], key).toEqual([said, 424, said])
    }
  expect(pipeline.upstream.calls).toHaveLength(4)
})

test('an empty key is none', async () => {
  pipeline.dispatch()
  for (const sent of [body, another]) expect((await post(sent, undefined, '')).status).toBe(201)
  expect(pipeline.upstream.calls).toHaveLength(2)
})
