import { expect, test } from 'vitest'
import { passwordProblem } from '@/lib/account/password-rules'

test.each(['short', '123456789', '아홉글자비밀번호'])('%s is too short', (password) =>
  expect(passwordProblem(password)).toBe('too_short'),
)

test.each([
  'password123',
  'P@ssw0rd2024!!',
  'qwertyuiop123',
  'iloveyou!!!!!',
  'Welcome2026!',
  'dkssudgktpdy',
  'Flamel-Studio-2026',
])('%s is what guessing starts with', (password) => expect(passwordProblem(password)).toBe('too_common'))

test.each([
  'aaaaaaaaaaaa',
  'xyxyxyxyxyxy',
  'k9#k9#k9#k9#',
  'klmnopqrstuv',
  'poiuytrewq[]'.slice(0, 10),
  '한글한글한글한글한글',
])('%s is a pattern', (password) => expect(passwordProblem(password)).toBe('too_simple'))

test('the own e-mail is no password', () => {
  expect(passwordProblem('seoyeon.kim2026', 'seoyeon.kim@onda.kr')).toBe('contains_name')
  expect(passwordProblem('seoyeonkim2026', 'seoyeonkim@onda.kr')).toBe('contains_name')
  expect(passwordProblem('my seoyeonkim@onda.kr', 'seoyeonkim@onda.kr')).toBe('contains_name')
})

test('more than two hundred characters are refused, not cut', () => {
  expect(passwordProblem('ab3$'.repeat(10) + 'x'.repeat(200))).toBe('too_long')
})

test.each(['persimmon under the eaves', '감나무 아래 고양이 둘', 'tG7-wq2Lx9', '김치찌개에는역시두부지'])(
  '%s is taken',
  (password) => expect(passwordProblem(password, 'seoyeon@onda.kr')).toBe(null),
)
