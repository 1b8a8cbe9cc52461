import { describe, expect, test } from 'vitest'
import { matches, searchPatterns, searchText } from '@/lib/text/search'

const finds = (typed: string, text: string) => matches(typed, [text])

describe('a search', () => {
  test.each([
    ['바다', '푸른 바다'],
    ['푸른바다', '푸른 바다'],
    ['푸른 바다', '푸른  바다'],
    ['푸른 바다', '푸른바다'],
    ['바다 푸른', '푸른 바다'],
    ['sky blue', 'a blue, cloudless sky'],
    ['blue,sky', 'sky, blue'],
    ['(blue)', 'blue'],
    ['바다'.normalize('NFD'), '푸른 바다'],
    ['바다', '푸른 바다'.normalize('NFD')],
    ['ㅂㅏㄷㅏ', '푸른 바다'],
    ['MOON jar', 'Moon Jar'],
    ['moon', 'ＭＯＯＮ'],
    ['cafe', 'Café'],
    ['Café', 'cafe\u0301'],
    ['strasse', 'Straße'],
    ['elle', "l'Œuvre d’elle"],
    ["d'elle", 'd’elle'],
    ['well-known', 'well–known'],
    ['바다', '바\u200b다'],
    ['👩', '👩‍🎨 paints'],
    ['100%', '100% cotton'],
    ['%', '100%'],
    ['a_b', 'a_b'],
    ['k\\s', 'back\\slash'],
    ['ที่', 'ภาพที่สวย'],
    ['سلام', 'سَلَام'],
    ['', 'anything'],
    [' \u200b ', 'anything'],
    ['inkwash', 'Ink wash'],
  ])('for %j finds %j', (typed, text) => {
    expect(finds(typed, text)).toBe(true)
  })

  test.each([
    ['사막', '푸른 바다'],
    ['푸른 사막', '푸른 바다'],
    ['100%', '1000 cotton'],
    ['a_b', 'axb'],
    ['강', '가을'],
    ['paper', 'Ink wash'],
    ['a.c', 'abc'],
  ])('for %j does not find %j', (typed, text) => {
    expect(finds(typed, text)).toBe(false)
  })
})

describe('initial consonants', () => {
  test.each([
    ['ㅂㄷ', '푸른 바다'],
    ['ㅍㄹㅂㄷ', '푸른 바다'],
    ['ㄻ', '라면'],
    ['ㅄㅇ', '밤 사이에'],
    ['ㅄㅇ', '비 사 이'],
    ['ㅂ다', '푸른 바다'],
    ['바ㄷ', '푸른 바다'],
    ['푸른ㅂㄷ', '푸른 바다'],
    ['푸른받', '푸른 바다'],
    ['푸륹ㄷ', '푸른 지다'],
    ['닯ㄷ', '달 바다'],
    ['달ㅂㄷ', '달 바다'],
    ['ㅋㅋ', '웃겨 ㅋㅋ'],
    ['ㅋㅋ', '크크'],
    ['ㅎ', '힣'],
    ['ㅂㄷ 푸른', '푸른 바다'],
    ['\u1107\u1103', '푸른 바다'],
    ['ㄱ2', '그 2'],
  ])('%j find %j', (typed, text) => {
    expect(finds(typed, text)).toBe(true)
  })

  test.each([
    ['ㅂㄱ', '푸른 바다'],
    ['ㄲ', '가나다'],
    ['ㅂㄷ', '바 sea 다'],
    ['ㅂ나', '푸른 바다'],
  ])('%j do not find %j', (typed, text) => {
    expect(finds(typed, text)).toBe(false)
  })
})

describe('a search text', () => {
  test('has every syllable behind its initial, then the initials of each Korean stretch', () => {
    expect(searchText('푸른 바다, SEA 2')).toBe('ㅍ푸ㄹ른ㅂ바ㄷ다, sea 2\nㅍㄹㅂㄷ')
    expect(searchText('ㅋㅋ')).toBe('ㅋ\u115fㅋ\u115f\nㅋㅋ')
  })
})

describe('the patterns of what was typed', () => {
  test('let what has a meaning in patterns stand for itself, and stay few', () => {
    expect(searchPatterns('100%_\\')).toEqual([['%100\\%\\_\\\\%']])
    expect(searchPatterns('ㅂ다')).toEqual([['%ㅂ_ㄷ다%']])
    expect(searchPatterns('a '.repeat(100)).length).toBeLessThanOrEqual(16)
    expect(searchPatterns('닯ㄷ'.repeat(60)).flat().length).toBeLessThanOrEqual(8)
  })
})
