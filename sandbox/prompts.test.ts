import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { SandboxUnderTest } from '@/e2e/support/sandbox-under-test'
import { imageToPrompt, textToPrompt } from '@/lib/upstream/flamel/prompts'
import { uploadReference } from '@/lib/upstream/flamel/references'

const sandbox = new SandboxUnderTest()

describe('words', () => {
  test('come richer from textToPrompt, in the language of the text and the manner of the style', async () => {
    const input = { text: '바다 위의 고래', styleId: 109 }
    const reply = await textToPrompt(sandbox.upstream, input)
    expect(reply).toMatchObject({ kind: 'ok', value: { initialPrompt: input.text } })
    expect(reply.kind === 'ok' && reply.value.enhancedPrompt).toMatch(/^바다 위의 고래, 민화 느낌, /)
    expect(await textToPrompt(sandbox.upstream, input)).toEqual({
      kind: 'ok',
      value: expect.objectContaining({}),
    })
    const english = await textToPrompt(sandbox.upstream, { text: 'a whale.' })
    expect(english.kind === 'ok' && english.value.enhancedPrompt).toMatch(/^a whale, [a-z ,]+$/)
    expect(await textToPrompt(sandbox.upstream, { text: 'a', styleId: 5 })).toMatchObject({ kind: 'refused' })
  })

  test('describe an uploaded reference, which create then takes', async () => {
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#2050c0' } })
      .png()
      .toBuffer()
    const uploaded = await uploadReference(sandbox.upstream, { bytes, mimeType: 'image/png' })
    expect(uploaded).toMatchObject({
      kind: 'ok',
      value: { image: expect.stringMatching(/^1\/reference-\d+\.png$/) },
    })
    if (uploaded.kind !== 'ok') return
    const { image } = uploaded.value
    const caption = await imageToPrompt(sandbox.upstream, { image, language: 'ko' })
    expect(caption).toMatchObject({
      kind: 'ok',
      value: {
        captionPrompt: expect.stringContaining('blue'),
        captionTPrompt: expect.stringContaining('파란색'),
      },
    })
    const { images } = await sandbox.make({ styleId: undefined, image })
    expect(images).toHaveLength(1)
    const text = await uploadReference(sandbox.upstream, {
      bytes: Buffer.from('no image'),
      mimeType: 'image/png',
    })
    expect(text.kind).toBe('refused')
  })

  test('say unsupported where an upstream does not have the endpoint', async () => {
    const other = { ...sandbox.upstream, baseUrl: `${sandbox.url}/elsewhere` }
    expect(await textToPrompt(other, { text: 'a' })).toEqual({ kind: 'unsupported', status: 404 })
  })
})
