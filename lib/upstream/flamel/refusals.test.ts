import { describe, expect, test } from 'vitest'
import { publishedRefusals } from '@/e2e/contract/published'
import { meaningOf } from '@/lib/upstream/error-codes'
import { parseRefusal, refusalData, REFUSAL_CODES } from '@/lib/upstream/flamel/refusals'

describe('parseRefusal', () => {
  test('keeps the parameter that upstream filled in', () => {
    const cases: [string, string, string | undefined][] = [
      ['premium_collection(123)', 'premium_collection', '123'],
      ['no_style_with_that_id (352)', 'no_style_with_that_id', '352'],
      ['no_input_image (1/reference-1.png)', 'no_input_image', '1/reference-1.png'],
      ['unknown_model (sdxl)', 'unknown_model', 'sdxl'],
      [
        'no_enabled_style_in_admin (art, ink). If exists, check enabled is true',
        'no_enabled_style_in_admin',
        'art, ink',
      ],
      [
        'no b2b style(5) in admin for user(9). If you are sure it exists, check :bool is true',
        'no_b2b_style',
        '5',
      ],
      ['no_input_image (:imageId)', 'no_input_image', undefined],
      ['nsfw_image', 'nsfw_image', undefined],
    ]
    for (const [data, code, parameter] of cases) expect(parseRefusal(data), data).toEqual({ code, parameter })
  })

  test('does not take a longer word, another string or nothing for a published refusal', () => {
    for (const data of ['nsfw_images', 'no_input_image_now', 'validation_failed (prompt)', '', ' nsfw_image'])
      expect(parseRefusal(data), data).toBeNull()
  })

  test('reads back what refusalData writes, for all eighteen', () => {
    expect(REFUSAL_CODES).toHaveLength(18)
    for (const code of REFUSAL_CODES) expect(parseRefusal(refusalData(code, '42'))?.code).toBe(code)
  })
})

describe('refusals', () => {
  test('are the published eighteen, each with its status', () => {
    expect(publishedRefusals.map(({ name }) => name).sort()).toEqual([...REFUSAL_CODES].sort())
    for (const { name, status, data } of publishedRefusals) {
      expect(parseRefusal(data)).toEqual({ code: name })
      expect(meaningOf(name).status).toBe(status)
    }
  })
})
