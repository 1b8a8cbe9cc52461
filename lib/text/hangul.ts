const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const SYLLABLES_PER_INITIAL = 588

/** The text with every Hangul syllable as its initial consonant: 바다 → ㅂㄷ. */
export function initials(text: string): string {
  return [...text].map((letter) => initialOf(letter)).join('')
}

/**
 * A regular expression for text that was typed as initial consonants alone (ㅂㄷ finds 바다 and 비 다); null for any other
 * text. Understood by JavaScript and PostgreSQL alike.
 */
export function initialsPattern(typed: string): string | null {
  const consonants = [...typed.normalize('NFC').replaceAll(/\s+/g, '')]
  if (consonants.length === 0 || !consonants.every((letter) => INITIALS.includes(letter))) return null
  return consonants.map((letter) => `[${letter}${syllablesOf(letter)}]`).join(' ?')
}

/** `바-빟`: every syllable that begins with this consonant. */
function syllablesOf(letter: string): string {
  const first = FIRST_SYLLABLE + INITIALS.indexOf(letter) * SYLLABLES_PER_INITIAL
  return `${String.fromCodePoint(first)}-${String.fromCodePoint(first + SYLLABLES_PER_INITIAL - 1)}`
}

function initialOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return letter
  return INITIALS[Math.floor((code - FIRST_SYLLABLE) / SYLLABLES_PER_INITIAL)] ?? letter
}

/** Whether the text contains what was typed: whatever the case, without regard to spaces, Korean also by initial consonants. */
export function matches(query: string, text: string): boolean {
  const wanted = fold(query)
  if (wanted === '') return true
  const folded = fold(text)
  if (folded.includes(wanted)) return true
  return /^[ㄱ-ㅎ]+$/.test(wanted) && initials(folded).includes(wanted)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '')
}
