import { expect, test } from 'vitest'
import { isAboutTheSame } from '@/lib/text/same-subject'

test.each([
  ['a fox in the snow', 'a fox in the snow at night', true],
  ['a fox in the snow', 'fox', true],
  ['a fox in the snow', 'sno', true],
  ['눈 속의 여우', '여우 한 마리, 눈 속의 밤', true],
  ['a fox in the snow', 'a castle in the mist', false],
  ['a fox in the snow', 'a lighthouse in a storm', false],
  ['a fox in the snow', 'a', false],
  ['a fox in the snow', '', false],
])('tells whether “%s” and “%s” speak of the same: %s', (one, other, isSame) => {
  expect(isAboutTheSame(one, other)).toBe(isSame)
  expect(isAboutTheSame(other, one)).toBe(isSame)
})
