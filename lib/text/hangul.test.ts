import { describe, expect, it } from 'vitest'
import { initials, initialsPattern, matches } from '@/lib/text/hangul'

describe('initials', () => {
  it('keeps the first consonant of every syllable and everything else', () => {
    expect(initials('바다 여행 2')).toBe('ㅂㄷ ㅇㅎ 2')
    expect(initials('까치 씨')).toBe('ㄲㅊ ㅆ')
    expect(initials('가힣')).toBe('ㄱㅎ')
  })
})

describe('matches', () => {
  it('finds Korean by substring and by initial consonants', () => {
    expect(matches('바다', '푸른 바다')).toBe(true)
    expect(matches('ㅂㄷ', '푸른 바다')).toBe(true)
    expect(matches('ㅂㄱ', '푸른 바다')).toBe(false)
  })

  it('finds Latin in any case and without regard to spaces', () => {
    expect(matches('INK w', 'Ink wash')).toBe(true)
    expect(matches('  ', 'anything')).toBe(true)
    expect(matches('paper', 'Ink wash')).toBe(false)
  })

  it('takes decomposed Hangul for the same letters', () => {
    expect(matches('수묵'.normalize('NFD'), '수묵화')).toBe(true)
  })
})

describe('the pattern for initial consonants', () => {
  const finds = (typed: string, text: string) => new RegExp(initialsPattern(typed) ?? '^$').test(text)

  it('finds syllables that begin with them, and the letters themselves', () => {
    expect(finds('ㅂㄷ', '푸른 바다')).toBe(true)
    expect(finds('ㅍㄹㅂㄷ', '푸른 바다')).toBe(true)
    expect(finds('ㅋㅋ', '웃겨 ㅋㅋ')).toBe(true)
    expect(finds('ㅂㄱ', '푸른 바다')).toBe(false)
    expect(finds('ㄲ', '가나다')).toBe(false)
    expect(finds('ㅎ', '힣')).toBe(true)
  })

  it('is none for anything that is more than initial consonants', () => {
    for (const typed of ['', ' ', '바다', 'ㅂ다', 'ㄳ', 'ㅏ', 'sea', 'ㅂ.'])
      expect(initialsPattern(typed)).toBeNull()
  })
})
