import { commonPasswords, commonWords } from '@/lib/account/common-passwords'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 200

export type PasswordProblem = 'too_short' | 'too_long' | 'too_common' | 'too_simple' | 'contains_name'

/**
 * Why a new password cannot be taken, or null. Length is counted in characters as people see them; nothing is
 * demanded of its mixture (that only makes passwords guessable in the same way), but the ones that are tried first
 * are refused: known favourites, one word with decoration, runs, repetitions and the person's own e-mail.
 */
export function passwordProblem(password: string, email = ''): PasswordProblem | null {
  const length = [...password].length
  if (length < PASSWORD_MIN) return 'too_short'
  if (length > PASSWORD_MAX) return 'too_long'
  const plain = password.normalize('NFKC').toLowerCase()
  if (isCommon(plain)) return 'too_common'
  if (isRun(plain) || isRepetition(plain)) return 'too_simple'
  return containsName(plain, email.toLowerCase()) ? 'contains_name' : null
}

function isCommon(plain: string): boolean {
  if (commonPasswords.has(plain)) return true
  const letters = withoutDecoration(plain)
  return commonPasswords.has(letters) || commonWords.has(letters)
}

const looksLike: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** `P@ssw0rd2024!!` → `password`: what stays when years, marks and look-alike letters are taken away. */
function withoutDecoration(plain: string): string {
  const core = plain.replace(/^[\d\W_]+/, '').replace(/[\d\W_]+$/, '')
  return core.replace(/[013457@$!]/g, (mark) => looksLike[mark] ?? mark).replace(/[\W_]/g, '')
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn',
]

/** Whether it is nothing but one row of the keyboard, the alphabet or the digits, in either direction. */
function isRun(plain: string): boolean {
  return rows.some((row) => isIn(plain, row + row) || isIn(plain, reversed(row + row)))
}

const isIn = (text: string, row: string) => row.includes(text)
const reversed = (text: string) => [...text].reverse().join('')

/** Whether a short piece, said again and again, makes up all of it (`aaaaaaaaaa`, `abc123abc123`). */
function isRepetition(plain: string): boolean {
  return new Set(plain).size <= 3 || /^(.{1,8}?)\1+$/.test(plain)
}

function containsName(plain: string, email: string): boolean {
  const [name = '', domain = ''] = email.split('@')
  if (email && plain.includes(email)) return true
  const letters = withoutDecoration(plain)
  return [name, domain.split('.')[0] ?? '']
    .map(withoutDecoration)
    .some((part) => part.length >= 4 && letters === part)
}
