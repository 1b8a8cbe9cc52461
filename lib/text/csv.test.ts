import { expect, test } from 'vitest'
import { csvLine } from '@/lib/text/csv'

test('quotes what would end a cell, and doubles quotes', () => {
  expect(csvLine(['봄', 'a,b', 'say "hi"', 'two\nlines', ''])).toBe('봄,"a,b","say ""hi""","two\nlines",\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
  'never begins a cell with what a spreadsheet computes: %j',
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`)
  },
)

test('leaves these signs alone inside a cell', () => {
  expect(csvLine(['a=b', 'fs_ab-cd', 'mail@example.test'])).toBe('a=b,fs_ab-cd,mail@example.test\r\n')
})
