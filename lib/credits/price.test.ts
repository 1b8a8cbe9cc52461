import { expect, test } from 'vitest'
import { priceOf, shortageOf } from '@/lib/credits/price'

const known = {
  prices: [
    { sample: 1, credits: 1 },
    { sample: 4, credits: 4 },
  ],
  ...{ defaultCredit: 2, dailyCredit: 0, monthlyCredit: 5 },
}

test('a price is that of the latest run of as many images, times the runs', () => {
  expect(priceOf(known, 4)).toBe(4)
  expect(priceOf(known, 4, 3)).toBe(12)
  expect(priceOf(known, 2)).toBeUndefined()
})

test('what the balances together do not cover is missing', () => {
  expect(shortageOf(known, 4)).toBeNull()
  expect(shortageOf(known, 1, 7)).toBeNull()
  expect(shortageOf(known, 4, 2)).toEqual({ needed: 8, left: 7 })
})

test('nothing is said where the price or a balance is unknown', () => {
  expect(shortageOf(known, 2, 100)).toBeNull()
  expect(shortageOf({ ...known, dailyCredit: null }, 4, 100)).toBeNull()
})
