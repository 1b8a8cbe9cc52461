import { describe, expect, test } from 'vitest'
import { EMPTY_DRAFT, parseDraft, type Draft } from '@/lib/drafts/draft'
import { problemOf, toRequest } from '@/lib/drafts/request'
import { createImageRequest } from '@/lib/upstream/schema'

const draft: Draft = { ...EMPTY_DRAFT, prompt: '달항아리', style: { styleId: 12 } }
const everything: Draft = {
  ...draft,
  reference: { path: '1/reference-1423131.png' },
  image: { imageId: 234 },
  lineage: { initialPrompt: 'a', captionPrompt: 'c', captionTPrompt: '다' },
}

describe('toRequest', () => {
  test.each(['style', 'reference', 'image'] as const)('sends exactly one source: %s', (source) => {
    const request = createImageRequest.parse(toRequest({ ...everything, source }))
    const given = [request.styleId, request.image, request.imageId].filter((value) => value !== undefined)
    expect(given).toHaveLength(1)
  })

  test('sends a style with the image that is varied in it', () => {
    const variation = { imageId: 7, from: { styleId: 12, prompt: '달항아리' } }
    expect(toRequest({ ...draft, variation })).toMatchObject({ styleId: 12, imageId: 7 })
  })

  test('sends the prompt verbatim and leaves out what is empty', () => {
    expect(toRequest({ ...draft, prompt: ' 두 줄\n끝 ' })).toEqual({
      prompt: ' 두 줄\n끝 ',
      ratio: '1:1',
      sample: 4,
      styleId: 12,
    })
  })

  test('continues a group and keeps the prompts that led here', () => {
    const variation = { imageId: 7, from: { styleId: 12, prompt: '달항아리' } }
    const group = { groupId: 'g', prompt: '', imageId: 7 }
    const request = toRequest({ ...draft, variation, group, lineage: { randomPrompt: 'r' } })
    expect(request).toMatchObject({ groupId: 'g', randomPrompt: 'r' })
  })

  test('leaves a caption out when the described image is not the source', () => {
    expect(toRequest(everything)).not.toHaveProperty('captionPrompt')
    expect(toRequest({ ...everything, source: 'reference' })).toMatchObject({ captionTPrompt: '다' })
  })
})

describe('a draft that varies an image', () => {
  const from = { styleId: 12, prompt: 'a fox in the snow' }
  const varied: Draft = {
    ...draft,
    prompt: from.prompt,
    variation: { imageId: 7, from },
    group: { groupId: 'g', prompt: from.prompt, imageId: 7 },
  }

  test.each([
    { prompt: 'a red scarf around its neck' },
    { style: { styleId: 13 } },
    { style: { styleId: 13 }, prompt: 'the fox in the snow, at night' },
    { prompt: '', style: { styleId: 12 } },
    { ratio: '16:9' as const, sample: 1 as const },
  ])('still does after %j', (change) => {
    expect(toRequest({ ...varied, ...change })).toMatchObject({ groupId: 'g', imageId: 7 })
  })

  test.each([
    { prompt: 'a lighthouse in a storm', style: { styleId: 13 } },
    { prompt: 'a castle in the mist', style: { styleId: 13 } },
    { source: 'reference' as const, reference: { path: 'a.png' } },
    { source: 'image' as const, image: { imageId: 8 } },
    { variation: null },
  ])('is a new beginning with %j', (change) => {
    const request = toRequest({ ...varied, ...change })
    expect(request).not.toHaveProperty('groupId')
    expect(request.imageId).not.toBe(7)
  })

  test('varies it again when the way there is gone back', () => {
    const left: Draft = { ...varied, source: 'reference', reference: { path: 'a.png' } }
    expect(toRequest({ ...left, source: 'style' })).toMatchObject({ groupId: 'g', imageId: 7 })
  })

  test('continues from the image alone as long as it is the source', () => {
    const alone: Draft = { ...varied, source: 'image', image: { imageId: 7 }, prompt: 'anything' }
    expect(toRequest(alone)).toMatchObject({ groupId: 'g', imageId: 7 })
  })
})

describe('problemOf', () => {
  test.each([
    [{ prompt: ' \n' }, 'no_prompt'],
    [{ prompt: '가'.repeat(1201) }, 'too_long'],
    [{ prompt: '🎨'.repeat(1200) }, null],
    [{ style: null }, 'no_style'],
    [{ source: 'reference' }, 'no_reference'],
    [{ source: 'image' }, 'no_image'],
  ] as const)('of %j is %s', (change, problem) => {
    expect(problemOf({ ...draft, ...change })).toBe(problem)
  })
})

describe('parseDraft', () => {
  test('reads back what was stored', () => {
    const whole = {
      ...everything,
      group: { groupId: 'g', prompt: 'p', imageId: 1 },
      variation: { imageId: 1, thumb: '/i/1', from: { styleId: 12, prompt: 'p' } },
    }
    expect(parseDraft(JSON.stringify(whole))).toEqual(whole)
  })

  test.each([null, '', '{', '[]', '"text"', '{"prompt":3}'])('finds no draft in %j', (text) => {
    expect(parseDraft(text)).toBeNull()
  })

  test('reads an image to vary that was stored without what it came of', () => {
    const stored = { ...draft, variation: { imageId: 1 }, group: { groupId: 'g', prompt: 'p' } }
    expect(parseDraft(JSON.stringify(stored))).toMatchObject({
      variation: { imageId: 1, from: { styleId: 12, prompt: '달항아리' } },
      group: null,
    })
  })

  test('keeps the prompt whatever became of the rest', () => {
    const stored = {
      prompt: 'kept',
      sample: 3,
      ratio: 'round',
      style: { styleId: 'x' },
      source: 4,
      lineage: [],
    }
    expect(parseDraft(JSON.stringify(stored))).toEqual({ ...EMPTY_DRAFT, prompt: 'kept' })
  })
})
