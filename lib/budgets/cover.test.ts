import { expect, test } from 'vitest'
import { budgetShortOf } from '@/lib/budgets/cover'
import type { Standing } from '@/lib/budgets/schema'

const standing = (unit: Standing['unit'], left: number, layer: Standing['layer'] = 'member'): Standing => ({
  ...{ budgetId: 'b', layer, unit, window: unit === 'requests' ? 'at_once' : 'day' },
  ...{ limit: 10, extra: 0, used: 10 - left, held: 0, left, resetsAt: null, asked: null },
})

test('names the nearest budget that does not cover it, in that budget’s unit', () => {
  const budgets = [standing('images', 4), standing('credits', 7), standing('images', 3, 'team')]
  const wanted = { requests: 1, images: 4, credits: 8 }
  expect(budgetShortOf(budgets, wanted)).toEqual({ standing: budgets[1], needed: 8 })
  expect(budgetShortOf(budgets, { ...wanted, credits: 7 })).toEqual({ standing: budgets[2], needed: 4 })
  expect(budgetShortOf(budgets, { requests: 1, images: 3, credits: 3 })).toBeNull()
})

test('counts requests one by one', () => {
  const budgets = [standing('requests', 2)]
  expect(budgetShortOf(budgets, { requests: 2, images: 8, credits: 8 })).toBeNull()
  expect(budgetShortOf(budgets, { requests: 3, images: 3, credits: 3 })?.needed).toBe(3)
})
