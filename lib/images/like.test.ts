import { expect, test } from 'vitest'
import { containsPattern } from '@/lib/images/like'

test('what has a meaning in patterns stands for itself', () => {
  expect(containsPattern('100%_\\')).toBe('%100\\%\\_\\\\%')
})

test('Latin letters are small, and a decomposed Korean word is composed', () => {
  expect(containsPattern(' Moon JAR ')).toBe('%moon jar%')
  expect(containsPattern('바다'.normalize('NFD'))).toBe('%바다%')
})
