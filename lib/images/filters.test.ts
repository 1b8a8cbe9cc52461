import { expect, test } from 'vitest'
import { hasFilters, readFilters, writeFilters } from '@/lib/images/filters'

const person = '019abcde-0000-7000-8000-000000000001'

test('an address says the same filters again after reading it', () => {
  const address = `?q=${encodeURIComponent('겨울 바다')}&ratio=16%3A9&style=12&person=${person}&favourite=true&until=2026-11`
  const filters = readFilters(new URLSearchParams(address))
  expect(filters).toEqual({
    q: '겨울 바다',
    ratio: '16:9',
    styleId: 12,
    makerId: person,
    favourite: 'true',
    until: '2026-11',
  })
  expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters)
})

test('what makes no sense in an address is left out', () => {
  const filters = readFilters(new URLSearchParams('style=-1&person=me&favourite=maybe&q=&until=2026-13'))
  expect(hasFilters(filters)).toBe(false)
  expect(writeFilters(filters)).toBe('')
})
