import { expect, test } from 'vitest'
import { readRange } from '@/lib/images/byte-range'

test.each([
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=90-', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=95-200', { start: 95, end: 99 }],
])('%s of 100 bytes is one part', (header, part) => {
  expect(readRange(header, 100)).toEqual(part)
})

test.each(['bytes=100-', 'bytes=-0', 'bytes=200-300'])('%s of 100 bytes cannot be satisfied', (header) => {
  expect(readRange(header, 100)).toBe('unsatisfiable')
})

test.each([undefined, '', 'bytes=-', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=9-2', 'bytes=a-b'])(
  '%s is ignored',
  (header) => {
    expect(readRange(header, 100)).toBeNull()
  },
)
