import { expect, test } from 'vitest'
import { longestTurnOf } from '@/e2e/support/loop-turns'
import { attachment, fileStem } from '@/lib/images/file-name'
import { structureOf } from '@/lib/platform/json-structure'
import { differenceOf } from '@/lib/text/difference'
import { matches, searchPatterns, searchText } from '@/lib/text/search'

/** Prompts that are most work to compare, to search and to name; the first two are just short enough to be compared. */
const LETTERS = 1_200
const words = (kinds: number) =>
  Array.from({ length: 500 }, (_, place) => String.fromCodePoint(0x4e00 + (place % kinds))).join(' ')
const all = [
  words(7),
  words(5),
  '!?'.repeat(LETTERS / 2),
  '?!.'.repeat(LETTERS / 3),
  `a${'\u0301\u0316'.repeat((LETTERS - 1) / 2)}`,
  '👨‍👩‍👧'.repeat(LETTERS / 5),
  '닯ㄷ'.repeat(LETTERS / 2),
  `${' '.repeat(LETTERS - 1)}a`,
]

const pairs = all.flatMap((one) => all.map((other) => [one, other] as const))
const works: [string, (() => unknown)[]][] = [
  [
    'comparing two prompts',
    pairs.map(
      ([one, other]) =>
        () =>
          differenceOf(one, other),
    ),
  ],
  ['folding a text', all.map((text) => () => searchText(text))],
  ['reading a query', all.map((text) => () => searchPatterns(text.slice(0, 200)))],
  ['searching texts', all.map((text) => () => matches(text.slice(0, 200), all))],
  ['naming a file', all.map((text) => () => attachment(fileStem(text)))],
  ['measuring JSON of 2 MB', [() => structureOf('[{"a":"\\"",'.repeat(200_000))]],
  ['reading the largest JSON', [() => JSON.parse(`[${'{"a":1},'.repeat(12_000)}1]`)]],
]

test.each(works)('%s never keeps the event loop for long', async (_name, pieces) => {
  for (const piece of pieces) piece()
  const turns: number[] = []
  for (const piece of pieces) turns.push(await longestTurnOf(150, async () => piece()))
  expect(Math.max(...turns)).toBeLessThan(150)
})
