import { expect, test } from 'vitest'
import { requestOf } from '@/lib/drafts/run'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'

const generation: Generation = {
  id: 'g',
  status: 'succeeded',
  groupId: 'group',
  prompt: '달항아리',
  initialPrompt: '항아리',
  ratio: '3:4',
  sample: 2,
  source: { kind: 'style', styleId: 12 },
  createdAt: '',
  maker: { id: 'm', name: 'M' },
  images: [],
  private: false,
  dismissed: false,
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
  urls: { thumb: '', original: '' },
  favourite: false,
  private: false,
  createdAt: '',
  deletedAt: null,
  maker: { id: 'm', name: 'M' },
  prompt: '달항아리',
  styleId: 12,
  ratio: '3:4',
  sample: 2,
}
const same = { prompt: '달항아리', initialPrompt: '항아리', ratio: '3:4', sample: 2, styleId: 12 }

test('the same again asks for what was asked for, in a group of its own', () => {
  expect(requestOf({ kind: 'again' }, generation)).toEqual(same)
})

test('another ratio changes the ratio alone', () => {
  expect(requestOf({ kind: 'ratio', ratio: '16:9' }, generation)).toEqual({ ...same, ratio: '16:9' })
})

test('a variation continues the group from the image, in its style', () => {
  expect(requestOf({ kind: 'vary', image }, generation)).toEqual({
    ...same,
    imageId: 77,
    groupId: 'group',
  })
})

test('a variation of what had no style starts from the image alone', () => {
  const source = { kind: 'reference' as const, image: '1/a.png' }
  const { styleId: _, ...rest } = same
  expect(requestOf({ kind: 'vary', image }, { ...generation, source })).toEqual({
    ...rest,
    imageId: 77,
    groupId: 'group',
  })
})

test('what began with a reference begins with it again', () => {
  const source = { kind: 'reference' as const, image: '1/a.png' }
  expect(requestOf({ kind: 'again' }, { ...generation, source })).toMatchObject({ image: '1/a.png' })
})
