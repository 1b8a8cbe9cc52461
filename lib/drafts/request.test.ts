import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, parseDraft, type Draft } from '@/lib/drafts/draft'
import { problemOf, toRequest } from '@/lib/drafts/request'
import { createImageRequest } from '@/lib/flamel/contract'

const draft: Draft = { ...EMPTY_DRAFT, prompt: '달항아리', style: { styleId: 12 } }
const everything: Draft = {
  ...draft,
  reference: { path: '1/reference-1423131.png' },
  image: { imageId: 234 },
  lineage: { initialPrompt: 'a', captionPrompt: 'c', captionTPrompt: '다' },
}

describe('toRequest', () => {
  it.each(['style', 'reference', 'image'] as const)('sends exactly one source: %s', (source) => {
    const request = createImageRequest.parse(toRequest({ ...everything, source }))
    const given = [request.styleId, request.image, request.imageId].filter((value) => value !== undefined)
    expect(given).toHaveLength(1)
  })

  it('sends a style with the picture that is varied in it', () => {
    expect(toRequest({ ...draft, variation: { imageId: 7 } })).toMatchObject({ styleId: 12, imageId: 7 })
  })

  it('sends the prompt verbatim and leaves out what is empty', () => {
    expect(toRequest({ ...draft, prompt: ' 두 줄\n끝 ' })).toEqual({
      prompt: ' 두 줄\n끝 ',
      ratio: '1:1',
      sample: 4,
      styleId: 12,
    })
  })

  it('continues a group and keeps the prompts that led here', () => {
    const request = toRequest({
      ...draft,
      group: { groupId: 'g', prompt: '' },
      lineage: { randomPrompt: 'r' },
    })
    expect(request).toMatchObject({ groupId: 'g', randomPrompt: 'r' })
  })

  it('leaves a caption out when the described picture is not the source', () => {
    expect(toRequest(everything)).not.toHaveProperty('captionPrompt')
    expect(toRequest({ ...everything, source: 'reference' })).toMatchObject({ captionTPrompt: '다' })
  })
})

describe('problemOf', () => {
  it.each([
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
  it('reads back what was stored', () => {
    const whole = {
      ...everything,
      group: { groupId: 'g', prompt: 'p' },
      variation: { imageId: 1, thumb: '/i/1' },
    }
    expect(parseDraft(JSON.stringify(whole))).toEqual(whole)
  })

  it.each([null, '', '{', '[]', '"text"', '{"prompt":3}'])('finds no draft in %j', (text) => {
    expect(parseDraft(text)).toBeNull()
  })

  it('keeps the prompt whatever became of the rest', () => {
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
