import { describe, expect, test } from 'vitest'
import { meaningOf, sentenceValues, type ErrorCode } from '@/lib/upstream/error-codes'
import { REFUSAL_CODES, type RefusalCode } from '@/lib/upstream/flamel/refusals'
import en from '@/messages/en/refusals.json'
import ko from '@/messages/ko/refusals.json'

/** By its type, each end that is not one of the published refusals. */
const others = {
  no_space: true,
  key_removed: true,
  key_unreadable: true,
  upstream_unreachable: true,
  generation_failed: true,
  unlisted: true,
} satisfies Record<Exclude<ErrorCode, RefusalCode>, true>

describe('what a refusal means', () => {
  test('is told in Korean and English, with cause and next step, with and without its parameter', () => {
    for (const code of [...REFUSAL_CODES, ...Object.keys(others)]) {
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

  test('never claims that an unlisted refusal was free', () => {
    expect(meaningOf('something_new').charged).toBe('unknown')
    for (const code of REFUSAL_CODES) expect(meaningOf(code).charged).toBe('no')
  })
})
