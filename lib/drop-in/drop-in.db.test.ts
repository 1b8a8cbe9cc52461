import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as getImage } from '@/app/api/images/[id]/route'
import { POST as create } from '@/app/api/images/create/route'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { answerWithImages, makeAnswer, makeImage, refuseWith, sendJson } from '@/e2e/support/upstream'
import { withSetting } from '@/e2e/support/with-setting'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { cancelGeneration, getGeneration, listGenerations } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/events'
import { connectionName } from '@/lib/platform/process'

const pipeline = setUpPipeline()
const body = { prompt: 'a unicorn', styleId: 352, ratio: '1:1', sample: 1 }

beforeAll(() => void pipeline.dispatch())

async function makeKey(scopes: ('read' | 'generate' | 'manage')[] = ['read', 'generate']) {
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret } = await createApiKey(actor, { name: 'test', scopes })
  return { actor, secret }
}

type Sent = { secret?: string; headers?: Record<string, string>; signal?: AbortSignal }

function post(sent: unknown, { secret, headers, signal }: Sent = {}): Promise<Response> {
  const request = new Request('http://127.0.0.1:3000/api/images/create', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret && { 'x-api-key': secret }), ...headers },
    body: typeof sent === 'string' ? sent : JSON.stringify(sent),
    signal,
  })
  return create(request)
}

/** A client that asks, and is gone once the call is made. */
async function abandon(secret: string, headers?: Record<string, string>) {
  pipeline.upstream.answer = answerWithImages({ delayMs: 300 })
  const gone = new AbortController()
  const left = post(body, { secret, headers, signal: gone.signal })
  await vi.waitFor(() => expect(pipeline.upstream.calls).toHaveLength(1), { timeout: 20_000, interval: 5 })
  gone.abort()
  await left
}

async function refusal(response: Response) {
  return { status: response.status, body: await response.json() }
}

/** The client takes the answer to its end. */
async function takeAll(response: Response) {
  await response.arrayBuffer()
  return response
}

async function only(actor: Actor) {
  const { items } = await listGenerations(actor, { limit: 100 })
  expect(items).toHaveLength(1)
  return getGeneration(actor, items[0]?.id ?? '')
}

describe('POST /api/images/create', () => {
  test('answers 201 with what upstream said, unknown members too', async () => {
    const { actor, secret } = await makeKey()
    let said: unknown
    pipeline.upstream.answer = async (call, response) => {
      said = makeAnswer(call.body, [await makeImage(300), await makeImage()], {
        defaultCredit: 1,
        dailyCredit: 2.5,
        monthlyCredit: 3,
      })
      sendJson(response, 201, said)
    }
    const response = await post({ ...body, sample: 2 }, { secret })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual(said)
    expect(response.headers.get('x-studio-generation')).toBe((await only(actor)).id)
  })

  test('keeps a prompt of 1,200 astral characters as it is', async () => {
    const { secret } = await makeKey()
    const prompt = '🦊'.repeat(1_200)
    expect((await post({ ...body, prompt }, { secret })).status).toBe(201)
    expect(pipeline.upstream.calls[0]?.body.prompt).toBe(prompt)
    expect((await post({ ...body, prompt: `${prompt}a` }, { secret })).status).toBe(400)
  })

  test.each([
    ['no source', { prompt: 'a', ratio: '1:1' }],
    ['two sources', { ...body, image: '1/a.png' }],
    ['an unknown ratio', { ...body, ratio: '2:1' }],
    ['three images', { ...body, sample: 3 }],
    ['an id beyond 2^53', { ...body, styleId: 2 ** 53 }],
    ['a NUL', { ...body, prompt: 'a\0b' }],
    ['a lone surrogate', { ...body, prompt: 'a\ud800b' }],
    ['no JSON', '{'],
  ])('refuses a body with %s before upstream is asked', async (_name, sent) => {
    const { secret } = await makeKey()
    const { status, body: said } = await refusal(await post(sent, { secret }))
    expect(status).toBe(400)
    expect(said).toMatchObject({
      success: false,
      code: 400,
      data: expect.stringMatching(/^validation_failed \(.+\)$/),
    })
    expect(pipeline.upstream.calls).toHaveLength(0)
  })

  test('accepts styleId with imageId, which matches two published variants', async () => {
    const { secret } = await makeKey()
    expect((await post({ ...body, imageId: 123 }, { secret })).status).toBe(201)
  })

  test('refuses more than 64 KB with 413', async () => {
    const { secret } = await makeKey()
    expect((await post({ ...body, etc: 'x'.repeat(70_000) }, { secret })).status).toBe(413)
  })

  test('knows its keys: none or a wrong one 401, an expired one 401, too small a scope 403', async () => {
    const wrong = { status: 401, body: { success: false, code: 401, data: 'wrong_api_key' } }
    expect(await refusal(await post(body))).toEqual(wrong)
    expect(await refusal(await post(body, { secret: 'fs_nonsense' }))).toEqual(wrong)
    const { secret, actor } = await makeKey()
    await db().apiKey.updateMany({ where: { teamId: actor.teamId }, data: { expiresAt: new Date(0) } })
    expect((await refusal(await post(body, { secret }))).body.data).toBe('api_key_expired')
    const reader = await makeKey(['read'])
    expect(await refusal(await post(body, { secret: reader.secret }))).toMatchObject({
      status: 403,
      body: { data: 'not_logged_in' },
    })
    expect(pipeline.upstream.calls).toHaveLength(0)
  })

  test('passes an upstream refusal on word by word and says where it came from', async () => {
    const { secret } = await makeKey()
    pipeline.upstream.answer = refuseWith(403, 'premium_collection(234)')
    const response = await post(body, { secret })
    expect(response.headers.get('x-studio-error-source')).toBe('upstream')
    expect(await refusal(response)).toEqual({
      status: 403,
      body: { success: false, code: 403, data: 'premium_collection(234)' },
    })
  })

  test('waits in the queue while upstream is busy and gives up as upstream would have said it', async () => {
    const { actor, secret } = await makeKey()
    pipeline.upstream.answer = refuseWith(403, 'simultaneous_generation_limit')
    const waiting = withSetting('STUDIO_QUEUE_WAIT_S', 2, () => post(body, { secret }))
    const said = await refusal(await waiting)
    expect(said).toMatchObject({ status: 403, body: { data: 'simultaneous_generation_limit' } })
    expect(await only(actor)).toMatchObject({ status: 'canceled', statusReason: 'queue_timeout' })
  })

  test('answers an end that nobody knows with 424, which no client retries by itself', async () => {
    const { actor, secret } = await makeKey()
    pipeline.upstream.answer = (_call, response) => void response.destroy()
    const { status, body: said } = await refusal(await post(body, { secret }))
    expect(status).toBe(424)
    expect(said.data).toBe(`generation_unknown (${(await only(actor)).id})`)
  })

  test('answers FAILED entries beside whole ones with 201, and only FAILED ones with their error', async () => {
    const { secret } = await makeKey()
    const failed = { generationStatus: 'FAILED', generationError: 'nsfw in the result', base64: '' }
    const failing =
      (count: number) =>
      async (call: { body: Record<string, unknown> }, response: Parameters<typeof sendJson>[0]) => {
        const answer = makeAnswer(call.body, [await makeImage(), await makeImage()], {
          defaultCredit: 1,
          dailyCredit: 1,
          monthlyCredit: 1,
        })
        answer.images.slice(0, count).forEach((image) => Object.assign(image, failed))
        sendJson(response, 201, answer)
      }
    pipeline.upstream.answer = failing(1)
    const partly = await post({ ...body, sample: 2 }, { secret })
    expect(partly.status).toBe(201)
    expect((await partly.json()).images).toMatchObject([failed, { generationStatus: 'COMPLETED' }])
    pipeline.upstream.answer = failing(2)
    expect(await refusal(await post({ ...body, sample: 2 }, { secret }))).toMatchObject({
      status: 422,
      body: { data: 'nsfw in the result' },
    })
  })

  test.each([
    ['bytes that are no image', { base64: Buffer.from('no image at all').toString('base64') }],
    ['base64 that is none', { base64: '%%%' }],
    ['nothing in its place', { base64: '' }],
  ])('answers an image as FAILED that came with %s', async (_what, spoiled) => {
    const { secret } = await makeKey()
    const headers = { 'idempotency-key': 'once' }
    pipeline.upstream.answer = async (call, response) => {
      const balances = { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 }
      const answer = makeAnswer(call.body, [await makeImage(), await makeImage()], balances)
      Object.assign(answer.images[0] ?? {}, spoiled)
      sendJson(response, 201, answer)
    }
    for (const _time of ['first', 'again']) {
      const answered = await post({ ...body, sample: 2 }, { secret, headers })
      expect(answered.status).toBe(201)
      expect((await answered.json()).images).toMatchObject([
        { generationStatus: 'FAILED', generationError: 'undecodable', base64: '', newMember: { kept: true } },
        { generationStatus: 'COMPLETED', generationError: null },
      ])
    }
    expect(pipeline.upstream.calls).toHaveLength(1)
  })

  test('says 422 when a person cancels it in the queue', async () => {
    const { actor, secret } = await makeKey()
    pipeline.upstream.answer = refuseWith(403, 'simultaneous_generation_limit')
    const waiting = post(body, { secret })
    await vi.waitFor(async () => cancelGeneration(actor, (await only(actor)).id), {
      timeout: 20_000,
      interval: 10,
    })
    expect(await refusal(await waiting)).toMatchObject({ status: 422, body: { data: 'generation_canceled' } })
  })

  test('replays the same answer for the same Idempotency-Key, and refuses another body under it', async () => {
    const { secret } = await makeKey()
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = await Promise.all([
      post(body, { secret, headers }),
      post(body, { secret, headers }),
    ])
    const later = await post(body, { secret, headers })
    const answers = await Promise.all([first.json(), second.json(), later.json()])
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(pipeline.upstream.calls).toHaveLength(1)
    expect(await refusal(await post({ ...body, prompt: 'b' }, { secret, headers }))).toMatchObject({
      status: 422,
      body: { data: 'idempotency_key_reused' },
    })
  })

  test('keeps what a client that left has paid for, and a retry of it joins instead of paying again', async () => {
    const { actor, secret } = await makeKey()
    await abandon(secret)
    const retry = await post(body, { secret })
    expect(retry.status).toBe(201)
    expect((await retry.json()).images).toHaveLength(1)
    expect(pipeline.upstream.calls).toHaveLength(1)
    await only(actor)
    expect((await post(body, { secret })).status).toBe(201)
    expect(pipeline.upstream.calls).toHaveLength(2)
  })

  test('joins nothing that is not its own: of another key, under an Idempotency-Key, or ten minutes old', async () => {
    const { actor, secret } = await makeKey()
    const another = await createApiKey(actor, { name: 'another', scopes: ['read', 'generate'] })
    await abandon(secret)
    expect((await takeAll(await post(body, { secret: another.secret }))).status).toBe(201)
    expect(pipeline.upstream.calls).toHaveLength(2)
    await db().generation.updateMany({
      where: { teamId: actor.teamId },
      data: { abandonedAt: new Date(Date.now() - 11 * 60_000) },
    })
    expect((await takeAll(await post(body, { secret }))).status).toBe(201)
    expect(pipeline.upstream.calls).toHaveLength(3)
    pipeline.upstream.calls = []
    await abandon(secret, { 'idempotency-key': 'its own' })
    expect((await takeAll(await post(body, { secret }))).status).toBe(201)
    expect(pipeline.upstream.calls).toHaveLength(2)
  })

  test('takes a client that left back out of the queue', async () => {
    const { actor, secret } = await makeKey()
    pipeline.upstream.answer = refuseWith(403, 'simultaneous_generation_limit')
    const gone = new AbortController()
    const waiting = post(body, { secret, signal: gone.signal })
    await vi.waitFor(async () => expect((await only(actor)).status).toBe('queued'), {
      timeout: 20_000,
      interval: 5,
    })
    gone.abort()
    await waiting
    await vi.waitFor(async () => expect((await only(actor)).status).toBe('canceled'), {
      timeout: 20_000,
      interval: 20,
    })
  })

  test('does not ask once more for a client that left while upstream was busy', async () => {
    const { actor, secret } = await makeKey()
    const gone = new AbortController()
    const asked = new Promise<() => void>((resolve) => {
      const answer = refuseWith(403, 'simultaneous_generation_limit')
      pipeline.upstream.answer = (call, response) => resolve(() => void answer(call, response))
    })
    const waiting = post(body, { secret, signal: gone.signal })
    const refuse = await asked
    gone.abort()
    expect((await waiting).status).toBe(499)
    refuse()
    await expect.poll(() => only(actor)).toMatchObject({ status: 'canceled', statusReason: 'client_gone' })
    expect(pipeline.upstream.calls).toHaveLength(1)
  })

  test('does not know an image of another team of this studio', async () => {
    const owner = await makeKey()
    const { images } = await (await post(body, { secret: owner.secret })).json()
    const stranger = await makeKey()
    const foreign = { prompt: 'a', ratio: '1:1', imageId: images[0].imageId }
    pipeline.upstream.calls = []
    expect(await refusal(await post(foreign, { secret: stranger.secret }))).toMatchObject({
      status: 404,
      body: { data: `no_input_image (${images[0].imageId})` },
    })
    expect(pipeline.upstream.calls).toHaveLength(0)
    expect((await post(foreign, { secret: owner.secret })).status).toBe(201)
  })
})

describe('GET /api/images/{id}', () => {
  const ask = (id: unknown, secret: string) =>
    getImage(new Request(`http://127.0.0.1:3000/api/images/${id}`, { headers: { 'x-api-key': secret } }), {
      params: Promise.resolve({ id: String(id) }),
    })

  test("answers the image of the key's own team as it came, and 404 to everybody else", async () => {
    const { secret } = await makeKey()
    const { images } = await (await post(body, { secret })).json()
    const found = await ask(images[0].imageId, secret)
    expect(await found.json()).toMatchObject({ imageId: images[0].imageId, base64: images[0].base64 })
    const missing = { success: false, code: 404, data: `no_input_image (${images[0].imageId})` }
    expect(await refusal(await ask(images[0].imageId, (await makeKey()).secret))).toEqual({
      status: 404,
      body: missing,
    })
    expect((await ask('1 or 1', secret)).status).toBe(404)
  })
})

describe('without a worker', () => {
  test('nothing is sent and the client may come back: 503 with Retry-After', async () => {
    await pipeline.stopDispatchers()
    await stopListening()
    await startListening(connectionName(false))
    const { actor, secret } = await makeKey()
    const response = await withSetting('STUDIO_QUEUE_WAIT_S', 1, () => post(body, { secret }))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await only(actor)).toMatchObject({ status: 'canceled', statusReason: 'no_worker' })
    expect(pipeline.upstream.calls).toHaveLength(0)
  })
})
