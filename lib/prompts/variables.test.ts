import { expect, test } from 'vitest'
import { fillIn, partsOf, variablesOf } from '@/lib/prompts/variables'

test('variables are found once each, in the order of the text, in any script', () => {
  expect(variablesOf('{product} on {배경 색}, {product} again')).toEqual(['product', '배경 색'])
  expect(variablesOf('a {} b { } c {"json": 1} d {{x}')).toEqual(['x'])
  expect(variablesOf('no braces')).toEqual([])
})

test('values are put in everywhere; what has none stays as it is written', () => {
  const text = '{product} on {surface}, {product} close'
  expect(fillIn(text, { product: ' a mug ' })).toBe('a mug on {surface}, a mug close')
  expect(fillIn(text, { product: '$1 {surface}', surface: '  ' })).toBe(
    '$1 {surface} on {surface}, $1 {surface} close',
  )
  expect(fillIn('{constructor}', {})).toBe('{constructor}')
})

test('a text is cut into what is fixed and what is open, and loses nothing', () => {
  const text = 'A {product}, {light}'
  const parts = partsOf(text)
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(parts.filter((part) => part.isVariable).map((part) => part.text)).toEqual(['{product}', '{light}'])
})
