import { expect, test } from 'vitest'
import { productsOf } from '@/lib/campaign-sets/table'

test('each row is a product, named by its first cell, with the values of the variables', () => {
  const rows = [
    ['SKU', ' Product ', '{surface}', 'note'],
    ['A-1', 'a red mug', 'slate', 'ignored'],
    ['', 'a lamp', 'oak'],
    [' ', '', ''],
  ]
  expect(productsOf(rows, ['product', 'surface'])).toEqual([
    { name: 'A-1', values: { product: 'a red mug', surface: 'slate' } },
    { name: '2', values: { product: 'a lamp', surface: 'oak' } },
  ])
})

test('a column that is missing leaves its values empty', () => {
  expect(productsOf([['제품'], ['머그']], ['제품', '배경'])).toEqual([
    { name: '머그', values: { 제품: '머그', 배경: '' } },
  ])
  expect(productsOf([], ['a'])).toEqual([])
})
