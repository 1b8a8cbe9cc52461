import { expect, test } from 'vitest'
import { complete, completionAt } from '@/lib/prompts/completion'

test('a # that begins a word is completed up to the caret', () => {
  expect(completionAt('#', 1)).toEqual({ query: '', from: 0, to: 1 })
  expect(completionAt('a fox, #pac on', 11)).toEqual({ query: 'pac', from: 7, to: 11 })
  expect(completionAt('여우 #포장', 6)).toEqual({ query: '포장', from: 3, to: 6 })
})

test('what is no beginning of a word, or lies before the caret, is left alone', () => {
  expect(completionAt('colour&#35', 10)).toBeNull()
  expect(completionAt('#done now', 9)).toBeNull()
  expect(completionAt('##', 2)).toBeNull()
  expect(completionAt('no hash', 3)).toBeNull()
})

test('the completion takes the place of what was typed, and the rest stays', () => {
  expect(complete('a fox, #pac on', { query: 'pac', from: 7, to: 11 }, 'on stone')).toEqual({
    text: 'a fox, on stone on',
    caret: 15,
  })
})
