import { describe, expect, it } from 'vitest'
import { publishedRefusals } from '@/e2e/contract/published'
import {
  EXPLAINED_CODES,
  meaningOf,
  parseRefusal,
  refusalData,
  REFUSAL_CODES,
  sentenceValues,
} from '@/lib/upstream/flamel/refusals'
import en from '@/messages/en/refusals.json'
import ko from '@/messages/ko/refusals.json'

describe('parseRefusal', () => {
  it('keeps the parameter that upstream filled in', () => {
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

  it('does not take a longer word, another string or nothing for a published refusal', () => {
    for (const data of ['nsfw_images', 'no_input_image_now', 'validation_failed (prompt)', '', ' nsfw_image'])
      expect(parseRefusal(data), data).toBeNull()
  })

  it('reads back what refusalData writes, for all eighteen', () => {
    expect(REFUSAL_CODES).toHaveLength(18)
    for (const code of REFUSAL_CODES) expect(parseRefusal(refusalData(code, '42'))?.code).toBe(code)
  })
})

describe('refusals', () => {
  it('are the published eighteen, each with its status', () => {
    expect(publishedRefusals.map(({ name }) => name).sort()).toEqual([...REFUSAL_CODES].sort())
    for (const { name, status, data } of publishedRefusals) {
      expect(parseRefusal(data)).toEqual({ code: name })
      expect(meaningOf(name).status).toBe(status)
    }
  })
})

describe('what a refusal means', () => {
  it('is told in Korean and English, with cause and next step, with and without its parameter', () => {
    for (const code of EXPLAINED_CODES) {
      for (const messages of [ko, en]) {
        const sentences = Object.entries(messages).find(([name]) => name === code)?.[1]
        expect(Object.keys(sentences ?? {}).sort()).toEqual(['cause', 'next', 'title'])
        expect(messages.step[meaningOf(code).next]).toBeTruthy()
        const { who } = meaningOf(code)
        if (who !== 'maker') expect(messages.who[who]).toBeTruthy() // what the reader can do is a button
      }
    }
    expect(sentenceValues(null)).toEqual({ parameter: 'none' })
    expect(sentenceValues('12')).toEqual({ parameter: '12' })
    expect(sentenceValues('שלום')).toEqual({ parameter: '\u2068שלום\u2069' })
  })

  it('never claims that an unlisted refusal was free', () => {
    expect(meaningOf('something_new').charged).toBe('unknown')
    for (const code of REFUSAL_CODES) expect(meaningOf(code).charged).toBe('no')
  })
})
