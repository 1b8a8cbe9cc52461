import { expect, test } from 'vitest'
import { initialsOf } from '@/components/ui/avatar'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'AD'],
  ['김하늘', '하늘'],
  ['김 하늘', '하늘'],
  ['김하늘'.normalize('NFD'), '하늘'],
  ['김서연 Ellie', '서연'],
  ['김서연Ellie Park', '서연'],
  ['Ellie Kim (김서연)', '서연'],
  ['김 Ellie', '김'],
  ['ที่รัก', 'ที่รั'],
  ['👨‍👩‍👧 👍🏽', '👨‍👩‍👧👍🏽'],
  ['e\u0301ric  Zo', 'ÉZ'],
  ['', ''],
])('the initials of %j are %j, whole letters', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
