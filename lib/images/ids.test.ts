import { describe, expect, test } from 'vitest'
import { imageIds } from '@/lib/images/ids'

describe('the ids of images that came together', () => {
  test('are UUIDs of version 7, one for each', () => {
    const ids = imageIds(16)
    expect(new Set(ids).size).toBe(16)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('put the first position first in a list that is sorted by falling id, every time', () => {
    for (let time = 0; time < 200; time += 1) {
      const ids = imageIds(16)
      expect(ids.toSorted().reverse()).toEqual(ids)
    }
  })

  test('do not mingle with those of another answer of the same moment', () => {
    const [one, two] = [imageIds(4, 1_000), imageIds(4, 1_000)]
    const sorted = [...one, ...two].toSorted().reverse()
    const first = sorted[0] === one[0] ? one : two
    expect(sorted.slice(0, 4)).toEqual(first)
  })
})
