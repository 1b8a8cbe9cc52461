import { describe, expect, test } from 'vitest'
import { longestTurnOf } from '@/e2e/support/loop-turns'
import { lettersOf, shorten, startOf, startWithin, startWithinPoints } from '@/lib/text/letters'

const family = '👨‍👩‍👧‍👦'

describe('a text cut at letters', () => {
  test.each([
    ['ภาพที่สวย', 3, 'ภาพ'],
    ['ที่นี่', 1, 'ที่'],
    ['나비', 1, '나'],
    ['나비'.normalize('NFD'), 1, '나'.normalize('NFD')],
    ['e\u0301te\u0301', 1, 'e\u0301'],
    [`${family}${family}`, 1, family],
    ['🇰🇷🇯🇵', 1, '🇰🇷'],
    ['👍🏽👍🏽', 1, '👍🏽'],
    ['क्षत्रिय', 1, 'क्ष'],
    ['short', 80, 'short'],
    ['', 3, ''],
  ])('%s keeps %i whole letters', (text, max, start) => {
    expect(startOf(text, max)).toBe(start)
  })

  test('says with … that something is left out, within the same length', () => {
    expect(shorten('파란 바다', 3)).toBe('파란…')
    expect(shorten('파란 바다', 5)).toBe('파란 바다')
    expect([...lettersOf(shorten(family.repeat(9), 4))]).toEqual([family, family, family, '…'])
  })

  test('leaves out a letter that is buried under marks, quickly', async () => {
    const buried = `a${'\u0301\u0316'.repeat(500_000)}`
    expect(startOf(buried, 10).length).toBeLessThanOrEqual(10 * 32)
    expect(await longestTurnOf(50, async () => startOf(buried, 10))).toBeLessThan(50)
  })

  test('fits into a number of UTF-16 units', () => {
    expect(startWithin(`${'a'.repeat(199)}😀`, 200)).toBe('a'.repeat(199))
    expect(startWithin('ab', 2)).toBe('ab')
    expect(startWithin(family, 5)).toBe('')
  })

  test('fits into a number of code points', () => {
    expect(startWithinPoints('😀😀😀', 2)).toBe('😀😀')
    expect(startWithinPoints('ที่นี่', 4)).toBe('ที่')
    expect(startWithinPoints('한글'.normalize('NFD'), 5)).toBe('한'.normalize('NFD'))
    expect(startWithinPoints(`a${family}`, 7)).toBe('a')
    expect(startWithinPoints('ab', 2)).toBe('ab')
  })

  test('never ends in half a character', () => {
    expect(startOf(`ab${'😀'.repeat(3)}`, 3)).toBe('ab😀')
  })
})
