import { describe, expect, test } from 'vitest'
import { EMPTY_DRAFT, type Draft } from '@/lib/drafts/draft'
import { applyReuse, applyVariation, changesBetween, isReuse } from '@/lib/drafts/reuse'
import type { Image } from '@/lib/images/schema'

const draft: Draft = { ...EMPTY_DRAFT, prompt: 'mine', style: { styleId: 1 }, image: { imageId: 9 } }
const generation = {
  groupId: 'group',
  prompt: '달항아리',
  initialPrompt: '항아리',
  ratio: 'vertical',
  sample: 2,
  source: { kind: 'style' as const, styleId: 12 },
}
const image: Image = {
  id: 'i',
  imageId: 77,
  generationId: 'g',
  groupId: 'group',
  position: 0,
  state: 'completed',
  width: 10,
  height: 10,
  mimeType: 'image/webp',
  sizeBytes: 1,
  sha256: '',
  placeholder: null,
  urls: { thumb: '/i/i/thumb', original: '/i/i/original' },
  favourite: false,
  private: false,
  createdAt: '',
  deletedAt: null,
  maker: { id: 'm', name: 'M' },
  prompt: '달항아리',
  styleId: 12,
  ratio: 'vertical',
  sample: 2,
}

describe('applyReuse', () => {
  test('takes the prompt alone, with the prompts that led to it', () => {
    const next = applyReuse(draft, 'prompt', { generation })
    expect(next).toEqual({ ...draft, prompt: '달항아리', lineage: { initialPrompt: '항아리' } })
  })

  test('takes the style alone', () => {
    expect(applyReuse(draft, 'style', { generation })).toEqual({ ...draft, style: { styleId: 12 } })
  })

  test('takes an image as the source and leaves the prompt', () => {
    const next = applyReuse(draft, 'source', { generation, image })
    expect(next).toMatchObject({
      prompt: 'mine',
      source: 'image',
      image: { imageId: 77, thumb: '/i/i/thumb' },
    })
  })

  test('takes all, a legacy ratio as the offered one of its shape', () => {
    const next = applyReuse(draft, 'all', { generation })
    expect(next).toMatchObject({ prompt: '달항아리', style: { styleId: 12 }, ratio: '3:4', sample: 2 })
    expect(next.group).toBeNull()
  })

  test.each([{ blurReason: 'nsfw' }, { imageId: null }, { state: 'failed' as const }])(
    'does not make a source of an image with %j',
    (fault) => {
      expect(applyReuse(draft, 'source', { generation, image: { ...image, ...fault } })).toEqual(draft)
    },
  )
})

describe('applyVariation', () => {
  test('continues the group with the image, in its style', () => {
    expect(applyVariation(draft, { generation, image })).toMatchObject({
      source: 'style',
      style: { styleId: 12 },
      variation: { imageId: 77 },
      group: { groupId: 'group' },
    })
  })

  test('continues from the image alone where there was no style', () => {
    const ofReference = { ...generation, source: { kind: 'reference' as const, image: 'a.png' } }
    expect(applyVariation(draft, { generation: ofReference, image })).toMatchObject({
      source: 'image',
      image: { imageId: 77 },
    })
  })
})

describe('changesBetween', () => {
  test('does not say that a group is continued where it was continued before', () => {
    const before = applyVariation(draft, { generation, image })
    const ofVariation = {
      ...generation,
      prompt: '달항아리, 새벽',
      source: { ...generation.source, imageId: 77 },
    }
    const after = applyVariation(before, { generation: ofVariation, image: { ...image, imageId: 78 } })
    expect(changesBetween(before, after)).toEqual(['prompt', 'source'])
    expect(after).toMatchObject({ group: { groupId: 'group' }, variation: { imageId: 78 } })
    const elsewhere = applyVariation(before, { generation: { ...generation, groupId: 'other' }, image })
    expect(changesBetween(before, elsewhere)).toEqual(['group'])
  })

  test('names what a person would see change, and nothing else', () => {
    expect(changesBetween(draft, { ...draft })).toEqual([])
    expect(changesBetween(draft, applyReuse(draft, 'all', { generation }))).toEqual([
      'prompt',
      'source',
      'ratio',
      'sample',
    ])
    expect(changesBetween(draft, { ...draft, image: { imageId: 1 } })).toEqual([])
  })
})

test('knows the ways to reuse', () => {
  expect(['all', 'style', 'no', null].map(isReuse)).toEqual([true, true, false, false])
})
