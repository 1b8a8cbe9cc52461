import { describe, expect, test } from 'vitest'
import { longestTurnOf } from '@/e2e/support/loop-turns'
import { differenceOf, type Piece } from '@/lib/text/difference'

const spell = (pieces: Piece[], without: Piece['kind']) =>
  pieces.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('')

describe('differenceOf', () => {
  test('names the words that came and went', () => {
    expect(differenceOf('a red boat at sea', 'a small blue boat at sea, dawn')).toEqual([
      { kind: 'same', text: 'a ' },
      { kind: 'removed', text: 'red ' },
      { kind: 'added', text: 'small blue ' },
      { kind: 'same', text: 'boat at sea' },
      { kind: 'added', text: ', dawn' },
    ])
  })

  test('compares Korean by words as they are written', () => {
    expect(differenceOf('바다 위 고래', '깊은 바다 위 고래')).toEqual([
      { kind: 'added', text: '깊은 ' },
      { kind: 'same', text: '바다 위 고래' },
    ])
  })

  test.each([
    ['', 'new words'],
    ['old words', ''],
    ['one two three', 'four five'],
    ['같은 글', '같은 글'],
    ['  spaced\n\ntext ', 'spaced text'],
    ['👩‍🎨 paints, slowly', '👩‍🎨 paints a boat, quickly!'],
  ])('spells both texts of %j → %j', (before, after) => {
    const pieces = differenceOf(before, after)
    expect(spell(pieces, 'added')).toBe(before)
    expect(spell(pieces, 'removed')).toBe(after)
  })

  test('stays quick at the longest prompt', async () => {
    const long = Array.from({ length: 600 }, (_, index) => `w${index % 90}`).join(' ')
    const backwards = long.split(' ').reverse().join(' ')
    expect(await longestTurnOf(500, async () => differenceOf(long, backwards))).toBeLessThan(500)
  })
})
