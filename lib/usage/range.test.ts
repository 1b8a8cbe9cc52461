import { expect, test } from 'vitest'
import { addDays, dayIn, daysBetween, rangeOf } from '@/lib/usage/range'

test('the day depends on where it is asked for', () => {
  const now = new Date('2026-03-08T16:30:00Z')
  expect(dayIn('Asia/Seoul', now)).toBe('2026-03-09')
  expect(dayIn('America/New_York', now)).toBe('2026-03-08')
})

test.each([
  ['week', { from: '2026-02-24', to: '2026-03-02' }],
  ['month', { from: '2026-03-01', to: '2026-03-02' }],
  ['last_month', { from: '2026-02-01', to: '2026-02-28' }],
  ['year', { from: '2026-01-01', to: '2026-03-02' }],
] as const)('the days of a %s', (period, range) => {
  expect(rangeOf(period, '2026-03-02')).toEqual(range)
})

test('the month before January is December, and February may have 29 days', () => {
  expect(rangeOf('last_month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(rangeOf('last_month', '2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})

test('days are counted and added over the ends of months', () => {
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
  expect(addDays('2026-12-30', 3)).toBe('2027-01-02')
})
