import { describe, expect, test } from 'vitest'
import { OFFERED_RATIOS, RATIOS, sizeOf } from '@/lib/upstream/ratios'

describe('ratios', () => {
  test('have a size of their own shape', () => {
    expect(RATIOS).toHaveLength(8)
    for (const ratio of OFFERED_RATIOS) {
      const [across = 0, down = 1] = ratio.split(':').map(Number)
      const { width, height } = sizeOf(ratio)
      expect(width / height).toBeCloseTo(across / down, 5)
    }
  })
})
