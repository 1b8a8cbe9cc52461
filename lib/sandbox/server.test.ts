import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataPattern, published, publishedExamples, publishedRefusals } from '@/e2e/contract/published'
import { getMe } from '@/lib/flamel/account'
import { createImage, type Outcome } from '@/lib/flamel/client'
import { createImageRequest, RATIOS, sizeOf } from '@/lib/flamel/contract'
import { getImage } from '@/lib/flamel/image'
import { imageToPrompt, textToPrompt } from '@/lib/flamel/prompts'
import { uploadReference } from '@/lib/flamel/references'
import type { SandboxSettings } from '@/lib/sandbox/context'
import { startSandbox, type Sandbox } from '@/lib/sandbox/server'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sandbox-'))
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))

let directory = ''
let sandbox: Sandbox
let clock = Date.UTC(2026, 10, 22, 3)
let made = 0

beforeEach(async () => {
  directory = path.join(root, `sandbox-${(made += 1)}`)
  clock = Date.UTC(2026, 10, 22, 3)
  await start()
})
afterEach(() => sandbox.close())

async function start(settings: Partial<SandboxSettings> = {}) {
  sandbox = await startSandbox({ directory, latencyMs: [0, 0], isPlain: true, now: () => clock, ...settings })
}

async function restart(settings: Partial<SandboxSettings> = {}) {
  await sandbox.close()
  await start(settings)
}

type Body = Record<string, unknown>
type Created = Body & {
  images: { imageId: number; base64: string; generationStatus: string; [name: string]: unknown }[]
}
const valid = { prompt: '고래', ratio: '1:1', styleId: 101, sample: 1 }

async function post(body: unknown, key: string | null = 'any') {
  const response = await fetch(`${sandbox.url}/api/images/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(key !== null && { 'X-Api-Key': key }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

async function make(body: Body): Promise<Created> {
  const answer = await post({ ...valid, ...body })
  expect(answer.status).toBe(201)
  return answer.body
}

async function state() {
  return (await fetch(`${sandbox.url}/sandbox/state`)).json()
}

async function setSwitches(body: Body) {
  const response = await fetch(`${sandbox.url}/sandbox/switches`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

const upstream = () => ({ baseUrl: sandbox.url, apiKey: 'any' })
const isResponse = published('CreateImageResponseDto')
const isRefusal = published('Refusal')
const bytesOf = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64')

describe('the contract', () => {
  it.each(publishedExamples)('answers the published example as published: %s', async (_name, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(201)
    expect(isResponse(answer.body), JSON.stringify(isResponse.errors)).toBe(true)
    expect(answer.body.images).toHaveLength(4)
    expect(answer.body.images[0].GenerationInfo.originalPrompt).toBe(body.prompt)
  })

  it.each(publishedRefusals)('refuses as published when told to: $name', async ({ name, status, data }) => {
    const before = (await state()).credits
    const answer = await post({ ...valid, prompt: `고래 #sandbox:${name}` })
    expect(answer.status).toBe(status)
    expect(isRefusal(answer.body)).toBe(true)
    expect(answer.body.code).toBe(status)
    expect(answer.body.data).toMatch(dataPattern(data))
    expect((await state()).credits).toEqual(before)
  })

  it('takes the parameter of a refusal from the directive', async () => {
    expect((await post({ ...valid, prompt: '#sandbox:premium_collection=77' })).body.data).toBe(
      'premium_collection(77)',
    )
  })

  it('lets any key in but the wrong, the expired and the missing one', async () => {
    expect(await post(valid, null)).toMatchObject({ status: 401, body: { data: 'wrong_api_key' } })
    expect(await post(valid, 'wrong')).toMatchObject({ status: 401, body: { data: 'wrong_api_key' } })
    expect(await post(valid, 'expired')).toMatchObject({ status: 401, body: { data: 'api_key_expired' } })
    expect(await post(valid, 'logged-out')).toMatchObject({ status: 403, body: { data: 'not_logged_in' } })
    expect(await post(valid, 'whatever')).toMatchObject({ status: 201 })
  })

  it('does not know other styles, pictures and references', async () => {
    const bodies = [
      [{ ...valid, styleId: 5 }, 'no_style_with_that_id (5)'],
      [{ ...valid, styleId: undefined, imageId: 5 }, 'no_input_image (5)'],
      [{ ...valid, imageId: 5 }, 'no_input_image (5)'],
      [{ ...valid, styleId: undefined, image: '1/other.png' }, 'no_input_image (1/other.png)'],
      [{ ...valid, styleId: undefined, image: '1/../state.json' }, 'no_input_image (1/../state.json)'],
    ]
    for (const [body, data] of bodies) expect(await post(body)).toMatchObject({ status: 404, body: { data } })
  })

  it('refuses a body that is not the published one, and one over 64 KB', async () => {
    for (const body of ['', '[]', '{', { ...valid, sample: 3 }, { ...valid, ratio: '2:1' }])
      expect(await post(body)).toMatchObject({
        status: 400,
        body: { data: expect.stringContaining('validation_failed') },
      })
    expect((await post({ ...valid, prompt: 'x'.repeat(70_000) })).status).toBe(413)
  })

  it('says of itself what the published account says, and the client keeps only what it needs', async () => {
    await setSwitches({ slots: 3 })
    const reply = await getMe(upstream())
    expect(reply).toMatchObject({
      kind: 'ok',
      value: { simultaneousLimit: 3, planGrade: 'sandbox', dailyCredit: 200 },
    })
    expect(JSON.stringify(reply)).not.toMatch(/@|cardNumber|customer/i)
  })
})

describe('pictures', () => {
  it('have the exact size of their ratio', async () => {
    for (const ratio of RATIOS) {
      const { images } = await make({ ratio })
      const { width, height, format } = await sharp(bytesOf(images[0]?.base64)).metadata()
      expect({ width, height, format }).toEqual({ ...sizeOf(ratio), format: 'webp' })
      expect(images[0]?.resolution).toBe(`${width}x${height}`)
    }
  })

  it('are painted the same for the same seed, and another for each sample', async () => {
    await restart({ isPlain: false })
    const [first, again] = [
      await make({ prompt: '고래 #sandbox:seed=5', sample: 2 }),
      await make({ prompt: '고래 #sandbox:seed=5', sample: 2 }),
    ]
    expect(first.images.map(({ base64 }) => base64)).toEqual(again.images.map(({ base64 }) => base64))
    expect(first.images[0]?.base64).not.toBe(first.images[1]?.base64)
    const { width } = await sharp(bytesOf(first.images[0]?.base64)).metadata()
    expect(width).toBe(1024)
  }, 20_000)

  it('are there again after a restart, byte for byte', async () => {
    const { images } = await make({ sample: 2 })
    await restart()
    const id = images[1]?.imageId ?? 0
    const reply = await getImage(upstream(), id)
    expect(reply).toMatchObject({ kind: 'ok', value: { imageId: id, state: 'completed' } })
    expect(reply.kind === 'ok' && reply.value.picture?.bytes.equals(bytesOf(images[1]?.base64))).toBe(true)
    expect(await getImage(upstream(), 17)).toMatchObject({
      kind: 'refused',
      code: 'no_input_image',
      parameter: '17',
    })
  })

  it('never take an id twice, not even when the memory is wiped', async () => {
    const before = await make({ sample: 4 })
    await sandbox.close()
    fs.rmSync(directory, { recursive: true })
    clock += 50
    await start()
    const after = await make({ sample: 4 })
    const ids = [...before.images, ...after.images].map(({ imageId }) => imageId)
    expect(new Set(ids).size).toBe(8)
    expect(ids.every(Number.isSafeInteger)).toBe(true)
  })

  it('asked for later are PENDING first, then COMPLETED or FAILED', async () => {
    const pending = await make({ async: true, prompt: '고래 #sandbox:pending=5000' })
    expect(isResponse(pending), JSON.stringify(isResponse.errors)).toBe(true)
    expect(pending.images[0]).toMatchObject({ generationStatus: 'PENDING', base64: '' })
    const failing = await make({ async: true, prompt: '고래 #sandbox:pending=5000 #sandbox:async_failed' })
    const [one = 0, two = 0] = [pending.images[0]?.imageId, failing.images[0]?.imageId]
    expect(await getImage(upstream(), one)).toMatchObject({ value: { state: 'pending' } })
    clock += 5001
    await restart()
    expect(await getImage(upstream(), one)).toMatchObject({ value: { state: 'completed' } })
    expect(await getImage(upstream(), two)).toMatchObject({ value: { state: 'failed', picture: null } })
  })

  it('made from a picture name it, and a blurred or failed one says so', async () => {
    const { images } = await make({ styleId: undefined, imageId: 234 })
    expect(images[0]?.GenerationInfo).toMatchObject({ variationId: 234 })
    const odd = await make({ prompt: '#sandbox:blurred=1 #sandbox:failed=1', sample: 2 })
    expect(odd.images.map(({ generationStatus }) => generationStatus)).toEqual(['FAILED', 'COMPLETED'])
    expect(odd.images[0]).toMatchObject({ base64: '', GenerationInfo: { blurReason: 'nsfw' } })
  })

  it('are as large as a measurement asks', async () => {
    const { images } = await make({ prompt: '#sandbox:bytes=1048576', sample: 2 })
    for (const { base64 } of images) expect(Math.abs(bytesOf(base64).length - 1048576)).toBeLessThan(8)
    expect(images[0]?.base64).not.toBe(images[1]?.base64)
  })
})

describe('credits and slots', () => {
  it('cost one credit a picture, nothing for a failed one, and outlast a restart', async () => {
    await make({ sample: 4 })
    await make({ sample: 4, prompt: '#sandbox:failed=3' })
    await restart()
    expect((await state()).credits).toEqual({ defaultCredit: 400, dailyCredit: 195, monthlyCredit: 2000 })
  })

  it('run out, and come back at midnight in Seoul', async () => {
    await setSwitches({ credits: { defaultCredit: 0, dailyCredit: 3, monthlyCredit: 0 } })
    expect(await post({ ...valid, sample: 4 })).toMatchObject({
      status: 403,
      body: { data: 'not_enough_credit' },
    })
    const { dailyCredit } = await make({ sample: 2 })
    expect(dailyCredit).toBe(1)
    clock = Date.UTC(2026, 10, 22, 14, 59, 59)
    expect((await state()).credits.dailyCredit).toBe(1)
    clock = Date.UTC(2026, 10, 22, 15)
    expect((await state()).credits.dailyCredit).toBe(200)
  })

  it('lets no more calls in at once than it has slots', async () => {
    await setSwitches({ slots: 2 })
    const answers = await Promise.all(
      [1, 2, 3].map(() => post({ ...valid, prompt: '고래 #sandbox:slow=200' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 403])
    expect((await state()).slots).toMatchObject({ limit: 2, highest: 2, inFlight: 0 })
  })
})

describe('faults, as the client sees them', () => {
  const faults: [string, Partial<Outcome>, number][] = [
    ['hang', { kind: 'ambiguous', reason: 'timeout_headers' }, 0],
    ['hang #sandbox:charged', { kind: 'ambiguous', reason: 'timeout_headers' }, 1],
    ['reset_before', { kind: 'ambiguous', reason: 'reset' }, 0],
    ['reset_after', { kind: 'ambiguous', reason: 'reset' }, 1],
    ['cut_body', { kind: 'ambiguous', reason: 'cut_body', status: 201 }, 1],
    ['stall_body', { kind: 'ambiguous', reason: 'timeout_idle', status: 201 }, 1],
    ['slow_body=300', { kind: 'created' }, 1],
    ['garbage', { kind: 'created' }, 1],
    ['wrong_shape', { kind: 'created' }, 1],
    ['bad_base64', { kind: 'created' }, 1],
    ['redirect=308', { kind: 'ambiguous', reason: 'redirect', status: 308 }, 0],
    ['429=3', { kind: 'busy', reason: 'too_many_requests', retryAfterS: 3 }, 0],
    ['500', { kind: 'ambiguous', reason: 'server_error', status: 500 }, 0],
    ['502 #sandbox:charged', { kind: 'ambiguous', reason: 'server_error', status: 502 }, 1],
    ['503', { kind: 'ambiguous', reason: 'server_error', status: 503 }, 0],
    ['504', { kind: 'ambiguous', reason: 'server_error', status: 504 }, 0],
    ['simultaneous_generation_limit', { kind: 'busy', reason: 'simultaneous_generation_limit' }, 0],
  ]
  it.each(faults)('%s', async (directive, expected, charged) => {
    const outcome = await createImage(
      upstream(),
      createImageRequest.parse({ ...valid, prompt: `고래 #sandbox:${directive}` }),
      {
        spoolPath: path.join(root, `spool-${made}`),
        headers: { 'X-Platform': 'web' },
        signal: new AbortController().signal,
        timeouts: { headersMs: 400, idleMs: 400 },
      },
    )
    expect(outcome).toMatchObject(expected)
    const { calls, credits } = await state()
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ platform: 'web', charged })
    expect(credits.dailyCredit).toBe(200 - charged)
  })

  it('strike only as often as `times` says', async () => {
    const prompt = '고래 #sandbox:429=1 #sandbox:times=2'
    const statuses = []
    for (let call = 0; call < 3; call += 1) statuses.push((await post({ ...valid, prompt })).status)
    expect(statuses).toEqual([429, 429, 201])
  })

  it('hold for every call while a switch is set, also over a restart', async () => {
    await setSwitches({ directives: { nsfw_image: '' } })
    await restart()
    expect((await post(valid)).body.data).toBe('nsfw_image')
    await fetch(`${sandbox.url}/sandbox/switches`, { method: 'DELETE' })
    expect((await post(valid)).status).toBe(201)
  })
})

describe('its own controls', () => {
  it('are closed to pages of other origins and other host names', async () => {
    const url = `${sandbox.url}/sandbox/switches`
    const foreign = await fetch(url, {
      method: 'POST',
      headers: { Origin: 'https://example.com' },
      body: '{}',
    })
    expect(foreign.status).toBe(403)
  })

  it('never show a key', async () => {
    await post(valid, 'canary-key')
    expect(JSON.stringify(await state())).not.toContain('canary-key')
  })
})

describe('words', () => {
  it('come richer from textToPrompt, in the language of the text and the manner of the style', async () => {
    const input = { text: '바다 위의 고래', styleId: 109 }
    const reply = await textToPrompt(upstream(), input)
    expect(reply).toMatchObject({ kind: 'ok', value: { initialPrompt: input.text } })
    expect(reply.kind === 'ok' && reply.value.enhancedPrompt).toMatch(/^바다 위의 고래, 민화 느낌, /)
    expect(await textToPrompt(upstream(), input)).toEqual({ kind: 'ok', value: expect.objectContaining({}) })
    const english = await textToPrompt(upstream(), { text: 'a whale.' })
    expect(english.kind === 'ok' && english.value.enhancedPrompt).toMatch(/^a whale, [a-z ,]+$/)
    expect(await textToPrompt(upstream(), { text: 'a', styleId: 5 })).toMatchObject({ kind: 'refused' })
  })

  it('describe an uploaded reference, which create then takes', async () => {
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#2050c0' } })
      .png()
      .toBuffer()
    const uploaded = await uploadReference(upstream(), { bytes, mimeType: 'image/png' })
    expect(uploaded).toMatchObject({
      kind: 'ok',
      value: { image: expect.stringMatching(/^1\/reference-\d+\.png$/) },
    })
    if (uploaded.kind !== 'ok') return
    const { image } = uploaded.value
    const caption = await imageToPrompt(upstream(), { image, language: 'ko' })
    expect(caption).toMatchObject({
      kind: 'ok',
      value: {
        captionPrompt: expect.stringContaining('blue'),
        captionTPrompt: expect.stringContaining('파란색'),
      },
    })
    const { images } = await make({ styleId: undefined, image })
    expect(images).toHaveLength(1)
    const text = await uploadReference(upstream(), {
      bytes: Buffer.from('no picture'),
      mimeType: 'image/png',
    })
    expect(text.kind).toBe('refused')
  })

  it('say unsupported where an upstream does not have the endpoint', async () => {
    const other = { ...upstream(), baseUrl: `${sandbox.url}/elsewhere` }
    expect(await textToPrompt(other, { text: 'a' })).toEqual({ kind: 'unsupported', status: 404 })
  })
})
