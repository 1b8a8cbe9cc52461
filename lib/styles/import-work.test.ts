import { expect, test } from 'vitest'
import { longestTurnOf } from '@/e2e/support/loop-turns'
import { parseStyleFile } from '@/lib/styles/import-file'

const members = (count: number) => Array.from({ length: count }, (_, place) => `"k${place}":1`).join(',')

/** About a megabyte each, of what is most work for its size. */
const files: [string, 'csv' | 'json', string][] = [
  ['4,000 columns', 'csv', `styleId${',a'.repeat(4_000)}\n${'1,\n'.repeat(5_000)}`],
  ['199 columns', 'csv', `styleId${',a'.repeat(198)}\n${`${','.repeat(198)}x\n`.repeat(4_900)}`],
  ['15,000 cells a row', 'csv', `styleId,nameEn\n${`${','.repeat(15_000)}x\n`.repeat(60)}`],
  ['450,000 empty rows', 'csv', `styleId,nameEn\n${',\n'.repeat(450_000)}1,One`],
  ['quotation marks', 'csv', `styleId,nameEn\n1,${'"'.repeat(990_000)}`],
  ['an open quotation mark', 'csv', `styleId,nameEn\n1,"${'a'.repeat(990_000)}`],
  ['marks upon marks', 'csv', `styleId,nameEn\n${`1,${'\u0301\u0316'.repeat(3_900)}\n`.repeat(60)}`],
  ['one long heading', 'csv', 'a'.repeat(990_000)],
  ['blanks', 'csv', `styleId,nameEn\n${`${' '.repeat(15_000)},a${' '.repeat(900)}b\n`.repeat(60)}`],
  ['a problem in every cell', 'csv', `styleId,nameEn\n${'x,#N/A,z\n'.repeat(4_999)}`],
  ['brackets in brackets', 'json', '['.repeat(490_000) + ']'.repeat(490_000)],
  ['tiny objects', 'json', `[${'{"a":1},'.repeat(110_000)}1]`],
  ['90,000 members', 'json', `[{${members(90_000)}}]`],
  ['nested values', 'json', `[{"styleId":${'{"a":'.repeat(160_000)}1${'}'.repeat(160_000)}}]`],
]

test('reading a hostile file never keeps the event loop for long', { timeout: 60_000 }, async () => {
  await longestTurnOf(150, () => parseStyleFile('csv', 'styleId,nameEn\n1,One\n'.repeat(300)))
  const turns: [string, number][] = []
  for (const [name, format, content] of files) {
    turns.push([name, await longestTurnOf(150, () => parseStyleFile(format, content))])
  }
  expect(turns.filter(([, ms]) => ms > 150)).toEqual([])
})
