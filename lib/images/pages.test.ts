import { expect, test } from 'vitest'
import { mapImages, withHead, type Pages } from '@/lib/images/pages'
import type { Image } from '@/lib/images/schema'

const image = (minute: number, more: Partial<Image> = {}): Image => ({
  id: `00000000-0000-7000-8000-0000000000${String(minute).padStart(2, '0')}`,
  imageId: null,
  generationId: 'g',
  groupId: 'g',
  position: 0,
  state: 'completed',
  width: 1,
  height: 1,
  mimeType: null,
  sizeBytes: null,
  sha256: null,
  placeholder: null,
  urls: { thumb: '', original: '' },
  favourite: false,
  private: false,
  createdAt: new Date(minute * 60_000).toISOString(),
  deletedAt: null,
  maker: { id: 'm', name: 'M' },
  prompt: String(minute),
  styleId: null,
  ratio: '1:1',
  sample: 1,
  ...more,
})
const loaded: Pages = {
  pages: [
    { items: [image(9), image(8), image(7)], nextCursor: 'after 7' },
    { items: [image(6), image(5), image(4)], nextCursor: 'after 4' },
  ],
  pageParams: [null, 'after 7'],
}
const prompts = ({ pages }: Pages) => pages.flatMap(({ items }) => items.map(({ prompt }) => prompt))

test('new images stand at the head, and none is there twice', () => {
  const next = withHead(loaded, { items: [image(11), image(10), image(9)], nextCursor: 'after 9' })
  expect(prompts(next)).toEqual(['11', '10', '9', '8', '7', '6', '5', '4'])
  expect(next.pages.at(-1)?.nextCursor).toBe('after 4')
})

test('what was thrown away by somebody else is dropped, what changed is shown', () => {
  const head = { items: [image(9, { favourite: true }), image(7), image(6)], nextCursor: 'after 6' }
  const next = withHead(loaded, head)
  expect(prompts(next)).toEqual(['9', '7', '6', '5', '4'])
  expect(next.pages[0]?.items[0]?.favourite).toBe(true)
})

test('a head that no longer meets what is loaded stands alone', () => {
  const head = { items: [image(30), image(29)], nextCursor: 'after 29' }
  expect(withHead(loaded, head)).toEqual({ pages: [head], pageParams: [null] })
})

test('a head that is the whole list replaces everything', () => {
  const head = { items: [image(9)], nextCursor: null }
  expect(prompts(withHead(loaded, head))).toEqual(['9'])
})

test('images are changed or dropped wherever they are', () => {
  const next = mapImages(loaded, (one) => (one.prompt === '6' ? null : { ...one, favourite: true }))
  expect(prompts(next)).toEqual(['9', '8', '7', '5', '4'])
})
