import { expect, test } from 'vitest'
import { cellsOf, countOf, problemOf, type Plan } from '@/lib/campaign-sets/plan'

const plan: Plan = {
  prompt: '{product} on {surface}',
  sample: 4,
  ratios: ['1:1', '9:16'],
  styles: [101, 102],
  products: [
    { name: 'Mug', values: { product: 'a red mug', surface: 'slate' } },
    { name: 'Lamp', values: { product: 'a lamp', surface: 'oak' } },
  ],
}

test('every product stands in every style and ratio, row by row', () => {
  const cells = cellsOf(plan)
  expect(cells).toHaveLength(countOf(plan))
  expect(cells.map(({ prompt, styleId, ratio }) => `${prompt} ${styleId} ${ratio}`)).toEqual([
    'a red mug on slate 101 1:1',
    'a red mug on slate 101 9:16',
    'a red mug on slate 102 1:1',
    'a red mug on slate 102 9:16',
    'a lamp on oak 101 1:1',
    'a lamp on oak 101 9:16',
    'a lamp on oak 102 1:1',
    'a lamp on oak 102 9:16',
  ])
})

test('without products and styles it is one prompt from one source in each ratio', () => {
  const one: Plan = { ...plan, prompt: 'a mug', styles: [], imageId: 7, products: [] }
  expect(cellsOf(one)).toMatchObject([
    { prompt: 'a mug', imageId: 7, ratio: '1:1' },
    { prompt: 'a mug', imageId: 7, ratio: '9:16' },
  ])
  expect(problemOf(one)).toBeNull()
})

test('what is missing is named, with the product and the variable', () => {
  expect(problemOf(plan)).toBeNull()
  expect(problemOf({ ...plan, prompt: ' ' })).toEqual({ code: 'no_prompt' })
  expect(problemOf({ ...plan, ratios: [] })).toEqual({ code: 'no_ratio' })
  expect(problemOf({ ...plan, styles: [] })).toEqual({ code: 'no_source' })
  expect(problemOf({ ...plan, products: [] })).toEqual({ code: 'no_products' })
  expect(
    problemOf({ ...plan, products: [{ name: 'Mug', values: { product: 'a mug', surface: ' ' } }] }),
  ).toEqual({ code: 'missing_value', product: 'Mug', variable: 'surface' })
  const long = { name: 'Long', values: { product: 'x'.repeat(1200), surface: 'y' } }
  expect(problemOf({ ...plan, products: [long] })).toEqual({ code: 'too_long', product: 'Long' })
  const alone = { ...plan, prompt: 'x'.repeat(1201), products: [] }
  expect(problemOf(alone)).toStrictEqual({ code: 'too_long' })
})

test('a set has at most two hundred requests', () => {
  const products = Array.from({ length: 50 }, (_, at) => ({
    name: `${at}`,
    values: { product: 'x', surface: 'y' },
  }))
  expect(countOf({ ...plan, products })).toBe(200)
  expect(problemOf({ ...plan, products })).toBeNull()
  expect(problemOf({ ...plan, products, ratios: ['1:1', '9:16', '3:4'] })).toEqual({ code: 'too_many' })
})
