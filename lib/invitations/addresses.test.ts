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
  ['a@example.com.', ['a@example.com']],
  ['Hana Kim <hana@example.com> Doyun Lee <doyun@example.com>', ['hana@example.com', 'doyun@example.com']],
  ['hana@example.com <hana@example.com>', ['hana@example.com']],
  [
    "“Kim, Hana” <hana@example.com>; 'Lee Doyun' <doyun@example.com>",
    ['hana@example.com', 'doyun@example.com'],
  ],
  [`"hana@example.com", 'doyun@example.com'`, ['hana@example.com', 'doyun@example.com']],
  ["o'brien@example.com", ["o'brien@example.com"]],
  ['- hana@example.com\n- doyun@example.com', ['hana@example.com', 'doyun@example.com']],
  ['hana＠example.com，doyun@example.com', ['hana@example.com', 'doyun@example.com']],
  ['', []],
])('of %j the addresses are %j', (text, addresses) =>
  expect(addressesIn(text)).toEqual({ addresses, wrong: [] }),
)

test.each(['a@b', '@example.com', 'a@@example.com', 'a@example..com'])('%s is said to be wrong', (text) =>
  expect(addressesIn(text)).toEqual({ addresses: [], wrong: [text] }),
)

test.each([
  ['nobody', [], ['nobody']],
  [
    'hana@example.com, not-an-email, doyun@example.com',
    ['hana@example.com', 'doyun@example.com'],
    ['not-an-email'],
  ],
  ['hana@example.com doyun', ['hana@example.com'], ['doyun']],
  ['hana@example.com\ndoyun\nseoyeon', ['hana@example.com'], ['doyun', 'seoyeon']],
  ['nobody\nHana Kim <hana@example.com>', ['hana@example.com'], ['nobody']],
  ['nobody; "Kim, Hana" <hana@example.com>', ['hana@example.com'], ['nobody']],
  ['Hana Kim <hana@example.com> nobody', ['hana@example.com'], ['nobody']],
  ['"nobody", hana@example.com', ['hana@example.com'], ['nobody']],
  ['Hana <nobody>', [], ['hana', 'nobody']],
  ['Hana <>', [], ['hana']],
  ['a@example.com <hana@nowhere', ['a@example.com'], ['hana@nowhere']],
])('of %j the addresses are %j, and %j is said to be wrong', (text, addresses, wrong) =>
  expect(addressesIn(text)).toEqual({ addresses, wrong }),
)
