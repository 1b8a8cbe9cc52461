import { expect, test } from 'vitest'
import { sourceOf } from '@/sandbox/sources'

test('starts from exactly one source', () => {
  expect(sourceOf({ styleId: 1, imageId: 2 })).toEqual({ kind: 'style', styleId: 1, imageId: 2 })
  expect(sourceOf({ imageId: 2 })).toEqual({ kind: 'image', imageId: 2 })
  expect(sourceOf({ image: 'p' })).toEqual({ kind: 'reference', image: 'p' })
})
