import { expect, test } from 'vitest'
import { addressesIn } from '@/lib/invitations/addresses'

test.each([
  ['a@example.com', ['a@example.com']],
  [
    'a@example.com, b@example.com;c@example.com\nd@example.com',
    ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'],
  ],
  ['"Kim, Seoyeon" <Seoyeon@Example.com>, 이하린 <harin@onda.kr>', ['seoyeon@example.com', 'harin@onda.kr']],
  ['mailto:a@example.com A@example.com', ['a@example.com']],
  ['Write to a@example.com.', ['a@example.com']],
  ['nobody', []],
  ['', []],
])('of %j the addresses are %j', (text, addresses) =>
  expect(addressesIn(text)).toEqual({ addresses, wrong: [] }),
)

test.each(['a@b', '@example.com', 'a@@example.com', 'a@example..com'])('%s is said to be wrong', (text) =>
  expect(addressesIn(text)).toEqual({ addresses: [], wrong: [text] }),
)
