import { expect, test } from 'vitest'
import { initialsOf } from '@/components/ui/avatar'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'AD'],
  ['김하늘', '하늘'],
  ['김 하늘', '하늘'],
  ['김하늘'.normalize('NFD'), '하늘'],
  ['ที่รัก', 'ที่รั'],
  ['👨‍👩‍👧 👍🏽', '👨‍👩‍👧👍🏽'],
  ['e\u0301ric  Zo', 'ÉZ'],
  ['', ''],
])('the initials of %j are %j, whole letters', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
