import { describe, expect, test } from 'vitest'
import { withinLimit } from '@/lib/text/limit'

const family = '👨‍👩‍👧‍👦'
const hangul = '한글'.normalize('NFD')

type Put = { into?: string; from?: number; to?: number; limit?: number }

/** Puts `given` into a field in place of what stands between `from` and `to`: at its end, unless they say otherwise. */
function put(given: string, { into = '', from = into.length, to = from, limit = 10 }: Put) {
  const head = into.slice(0, from) + given
  return withinLimit({ before: into, text: head + into.slice(to), caret: head.length, limit })
}

describe('a text that is put into a field with a limit', () => {
  test('stays as it is when it fits', () => {
    expect(put('0123456789', {})).toBeNull()
  })

  test.each([
    ['Thai', 'ที่นี่ที่', 'ที่นี่', 8],
    ['Hangul in parts', hangul, '한'.normalize('NFD'), 5],
    ['a family', `abc${family}`, 'abc', 10],
    ['a flag', '🇰🇷🇯🇵', '🇰🇷', 6],
    ['an accent', 'e\u0301e\u0301', 'e\u0301', 3],
    ['half a pair', `${'a'.repeat(9)}😀`, 'a'.repeat(9), 10],
  ])('loses whole letters at its end: %s', (_name, given, kept, limit) => {
    expect(put(given, { limit })).toEqual({ text: kept, caret: kept.length })
  })

  test('loses its own end, not what stands behind the caret', () => {
    expect(put('XYZ', { into: '12345678', from: 4 })).toEqual({ text: '1234XY5678', caret: 6 })
    expect(put(`X${family}`, { into: '12345678', from: 4 })).toEqual({ text: '1234X5678', caret: 5 })
    expect(put('X', { into: '0123456789', from: 0 })).toEqual({ text: '0123456789', caret: 0 })
  })

  test('takes nothing away that stood there, not even to make room for the rest of a letter', () => {
    expect(put('ิ', { into: '123456789ก' })).toEqual({ text: '123456789ก', caret: 10 })
  })

  test('takes the place of what was chosen', () => {
    expect(put('ABCDEFGH', { into: '0123456789', from: 2, to: 5 })).toEqual({ text: '01ABC56789', caret: 5 })
    const [one, other] = ['가', '걱'].map((text) => text.normalize('NFD'))
    expect(put(`${other}`, { into: `${one}`, from: 0, to: 2, limit: 2 })).toEqual({ text: '', caret: 0 })
    expect(put('😁😁', { into: '😀', from: 0, to: 2, limit: 3 })).toEqual({ text: '😁', caret: 2 })
  })

  test('is cut as a whole where nobody knows what stood there before', () => {
    expect(withinLimit({ before: '', text: `${family}abcdef`, caret: 0, limit: 13 })).toEqual({
      text: `${family}ab`,
      caret: 13,
    })
  })
})
