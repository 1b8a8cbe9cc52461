import { rgbaToThumbHash, thumbHashToAverageRGBA } from 'thumbhash'
import { describe, expect, test } from 'vitest'
import { meanColourOf } from '@/components/images/placeholder'

const COLOURS = [
  [255, 255, 255],
  [0, 0, 0],
  [226, 168, 60],
  [12, 90, 140],
  [200, 30, 30],
]

/** Four by four dots: the colour above, its shade below. */
const dotsOf = (colour: number[]) =>
  Uint8Array.from({ length: 64 }, (_, at) =>
    at % 4 === 3 ? 255 : Math.round((colour[at % 4] ?? 0) * (at < 32 ? 1 : 0.6)),
  )

describe('the mean colour of a placeholder', () => {
  test.each(COLOURS)('is what the library says (%i, %i, %i)', (...colour) => {
    const hash = rgbaToThumbHash(4, 4, dotsOf(colour))
    const { r, g, b } = thumbHashToAverageRGBA(hash)
    const expected = [r, g, b].map((part) => part.toFixed(2)).join(' ')
    expect(meanColourOf(Buffer.from(hash).toString('base64'))).toBe(`color(srgb ${expected})`)
  })
})
