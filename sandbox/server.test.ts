import fs from 'node:fs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { dataPattern, published, publishedExamples, publishedRefusals } from '@/e2e/contract/published'
import { SandboxUnderTest, valid } from '@/e2e/support/sandbox-under-test'
import { getMe } from '@/lib/upstream/flamel/account'
import { getImage } from '@/lib/upstream/flamel/image'
import { RATIOS, sizeOf } from '@/lib/upstream/ratios'

const sandbox = new SandboxUnderTest()
const isResponse = published('CreateImageResponseDto')
const isRefusal = published('Refusal')
const bytesOf = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64')

describe('the contract', () => {
  test.each(publishedExamples)('answers the published example as published: %s', async (_name, body) => {
    const answer = await sandbox.post(body)
    expect(answer.status).toBe(201)
    expect(isResponse(answer.body), JSON.stringify(isResponse.errors)).toBe(true)
    expect(answer.body.images).toHaveLength(4)
    expect(answer.body.images[0].GenerationInfo.originalPrompt).toBe(body.prompt)
  })

  test.each(publishedRefusals)('refuses as published when told to: $name', async ({ name, status, data }) => {
    const before = (await sandbox.state()).credits
    const answer = await sandbox.post({ ...valid, prompt: `고래 #sandbox:${name}` })
    expect(answer.status).toBe(status)
    expect(isRefusal(answer.body)).toBe(true)
    expect(answer.body.code).toBe(status)
    expect(answer.body.data).toMatch(dataPattern(data))
    expect((await sandbox.state()).credits).toEqual(before)
  })

  test('takes the parameter of a refusal from the directive', async () => {
    expect((await sandbox.post({ ...valid, prompt: '#sandbox:premium_collection=77' })).body.data).toBe(
      'premium_collection(77)',
    )
  })

  test('lets any key in but the wrong, the expired and the missing one', async () => {
    expect(await sandbox.post(valid, null)).toMatchObject({ status: 401, body: { data: 'wrong_api_key' } })
    expect(await sandbox.post(valid, 'wrong')).toMatchObject({ status: 401, body: { data: 'wrong_api_key' } })
    expect(await sandbox.post(valid, 'expired')).toMatchObject({
      status: 401,
      body: { data: 'api_key_expired' },
    })
    expect(await sandbox.post(valid, 'logged-out')).toMatchObject({
      status: 403,
      body: { data: 'not_logged_in' },
    })
    expect(await sandbox.post(valid, 'whatever')).toMatchObject({ status: 201 })
  })

  test('does not know other styles, images and references', async () => {
    const bodies = [
      [{ ...valid, styleId: 5 }, 'no_style_with_that_id (5)'],
      [{ ...valid, styleId: undefined, imageId: 5 }, 'no_input_image (5)'],
      [{ ...valid, imageId: 5 }, 'no_input_image (5)'],
      [{ ...valid, styleId: undefined, image: '1/other.png' }, 'no_input_image (1/other.png)'],
      [{ ...valid, styleId: undefined, image: '1/../state.json' }, 'no_input_image (1/../state.json)'],
    ]
    for (const [body, data] of bodies)
      expect(await sandbox.post(body)).toMatchObject({ status: 404, body: { data } })
  })

  test('refuses a body that is not the published one, and one over 64 KB', async () => {
    for (const body of ['', '[]', '{', { ...valid, sample: 3 }, { ...valid, ratio: '2:1' }])
      expect(await sandbox.post(body)).toMatchObject({
        status: 400,
        body: { data: expect.stringContaining('validation_failed') },
      })
    expect((await sandbox.post({ ...valid, prompt: 'x'.repeat(70_000) })).status).toBe(413)
  })

  test('says of itself what the published account says, and the client keeps only what it needs', async () => {
    await sandbox.setSwitches({ slots: 3 })
    const reply = await getMe(sandbox.upstream)
    expect(reply).toMatchObject({
      kind: 'ok',
      value: { simultaneousLimit: 3, renewsAt: expect.any(Date), dailyCredit: 200 },
    })
    expect(JSON.stringify(reply)).not.toMatch(/@|cardNumber|customer/i)
  })
})

describe('images', () => {
  test('have the exact size of their ratio', async () => {
    for (const ratio of RATIOS) {
      const { images } = await sandbox.make({ ratio })
      const { width, height, format } = await sharp(bytesOf(images[0]?.base64)).metadata()
      expect({ width, height, format }).toEqual({ ...sizeOf(ratio), format: 'webp' })
      expect(images[0]?.resolution).toBe(`${width}x${height}`)
    }
  })

  test('are painted the same for the same seed, and another for each sample', async () => {
    await sandbox.restart({ isPlain: false })
    const [first, again] = [
      await sandbox.make({ prompt: '고래 #sandbox:seed=5', sample: 2 }),
      await sandbox.make({ prompt: '고래 #sandbox:seed=5', sample: 2 }),
    ]
    expect(first.images.map(({ base64 }) => base64)).toEqual(again.images.map(({ base64 }) => base64))
    expect(first.images[0]?.base64).not.toBe(first.images[1]?.base64)
    const { width } = await sharp(bytesOf(first.images[0]?.base64)).metadata()
    expect(width).toBe(1024)
  }, 20_000)

  test('are there again after a restart, byte for byte', async () => {
    const { images } = await sandbox.make({ sample: 2 })
    await sandbox.restart()
    const id = images[1]?.imageId ?? 0
    const reply = await getImage(sandbox.upstream, id)
    expect(reply).toMatchObject({ kind: 'ok', value: { imageId: id, state: 'completed' } })
    expect(reply.kind === 'ok' && reply.value.decoded?.bytes.equals(bytesOf(images[1]?.base64))).toBe(true)
    expect(await getImage(sandbox.upstream, 17)).toMatchObject({
      kind: 'refused',
      code: 'no_input_image',
      parameter: '17',
    })
  })

  test('never take an id twice, not even when the memory is wiped', async () => {
    const before = await sandbox.make({ sample: 4 })
    await sandbox.stop()
    fs.rmSync(sandbox.directory, { recursive: true })
    sandbox.clock += 50
    await sandbox.start()
    const after = await sandbox.make({ sample: 4 })
    const ids = [...before.images, ...after.images].map(({ imageId }) => imageId)
    expect(new Set(ids).size).toBe(8)
    expect(ids.every(Number.isSafeInteger)).toBe(true)
  })

  test('asked for later are PENDING first, then COMPLETED or FAILED', async () => {
    const pending = await sandbox.make({ async: true, prompt: '고래 #sandbox:pending=5000' })
    expect(isResponse(pending), JSON.stringify(isResponse.errors)).toBe(true)
    expect(pending.images[0]).toMatchObject({ generationStatus: 'PENDING', base64: '' })
    const failing = await sandbox.make({
      async: true,
      prompt: '고래 #sandbox:pending=5000 #sandbox:async_failed',
    })
    const [one = 0, two = 0] = [pending.images[0]?.imageId, failing.images[0]?.imageId]
    expect(await getImage(sandbox.upstream, one)).toMatchObject({ value: { state: 'pending' } })
    sandbox.clock += 5001
    await sandbox.restart()
    expect(await getImage(sandbox.upstream, one)).toMatchObject({ value: { state: 'completed' } })
    expect(await getImage(sandbox.upstream, two)).toMatchObject({ value: { state: 'failed', decoded: null } })
  })

  test('made from an image name it, and a blurred or failed one says so', async () => {
    const { images } = await sandbox.make({ styleId: undefined, imageId: 234 })
    expect(images[0]?.GenerationInfo).toMatchObject({ variationId: 234 })
    const odd = await sandbox.make({ prompt: '#sandbox:blurred=1 #sandbox:failed=1', sample: 2 })
    expect(odd.images.map(({ generationStatus }) => generationStatus)).toEqual(['FAILED', 'COMPLETED'])
    expect(odd.images[0]).toMatchObject({ base64: '', GenerationInfo: { blurReason: 'nsfw' } })
  })

  test('are as large as a measurement asks', async () => {
    const { images } = await sandbox.make({ prompt: '#sandbox:bytes=1048576', sample: 2 })
    for (const { base64 } of images) expect(Math.abs(bytesOf(base64).length - 1048576)).toBeLessThan(8)
    expect(images[0]?.base64).not.toBe(images[1]?.base64)
  })
})

describe('credits and slots', () => {
  test('cost one credit an image, nothing for a failed one, and outlast a restart', async () => {
    await sandbox.make({ sample: 4 })
    await sandbox.make({ sample: 4, prompt: '#sandbox:failed=3' })
    await sandbox.restart()
    expect((await sandbox.state()).credits).toEqual({
      defaultCredit: 400,
      dailyCredit: 195,
      monthlyCredit: 2000,
    })
  })

  test('run out, and come back at midnight in Seoul', async () => {
    await sandbox.setSwitches({ credits: { defaultCredit: 0, dailyCredit: 3, monthlyCredit: 0 } })
    expect(await sandbox.post({ ...valid, sample: 4 })).toMatchObject({
      status: 403,
      body: { data: 'not_enough_credit' },
    })
    const { dailyCredit } = await sandbox.make({ sample: 2 })
    expect(dailyCredit).toBe(1)
    sandbox.clock = Date.UTC(2026, 10, 22, 14, 59, 59)
    expect((await sandbox.state()).credits.dailyCredit).toBe(1)
    sandbox.clock = Date.UTC(2026, 10, 22, 15)
    expect((await sandbox.state()).credits.dailyCredit).toBe(200)
  })

  test('lets no more calls in at once than it has slots', async () => {
    await sandbox.setSwitches({ slots: 2 })
    const answers = await Promise.all(
      [1, 2, 3].map(() => sandbox.post({ ...valid, prompt: '고래 #sandbox:slow=200' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 403])
    expect((await sandbox.state()).slots).toMatchObject({ limit: 2, highest: 2, inFlight: 0 })
  })
})

describe('its own controls', () => {
  test('are closed to pages of other origins and other host names', async () => {
    const url = `${sandbox.url}/sandbox/switches`
    const foreign = await fetch(url, {
      method: 'POST',
      headers: { Origin: 'https://example.com' },
      body: '{}',
    })
    expect(foreign.status).toBe(403)
  })

  test('never show a key', async () => {
    await sandbox.post(valid, 'canary-key')
    expect(JSON.stringify(await sandbox.state())).not.toContain('canary-key')
  })
})
