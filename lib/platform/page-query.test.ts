import { expect, test } from 'vitest'
import { generationListQuery } from '@/lib/generations/schema'

test.each([
  ['', true],
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])('a switch of a query says %o', (mine, isOn) => {
  expect(generationListQuery.parse({ mine }).mine).toBe(isOn)
})

test('a switch that nobody names is neither, and another word is refused', () => {
  expect(generationListQuery.parse({}).mine).toBeUndefined()
  expect(generationListQuery.safeParse({ mine: 'maybe' }).success).toBe(false)
})
