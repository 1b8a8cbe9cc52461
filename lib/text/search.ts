const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
/** By their place in a syllable (Unicode §3.12); the first is none. */
const FINALS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']
/** Two consonants that the two-set keyboard writes as one letter. */
const JOINED: Record<string, string> = {
  ...{ ㄳ: 'ㄱㅅ', ㄵ: 'ㄴㅈ', ㄶ: 'ㄴㅎ', ㄺ: 'ㄹㄱ', ㄻ: 'ㄹㅁ', ㄼ: 'ㄹㅂ', ㄽ: 'ㄹㅅ', ㄾ: 'ㄹㅌ' },
  ...{ ㄿ: 'ㄹㅍ', ㅀ: 'ㄹㅎ', ㅄ: 'ㅂㅅ' },
}
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const PER_INITIAL = 588
const PER_VOWEL = 28

/** Stands behind a consonant that is no syllable, so that every initial has one letter behind it. */
const FILLER = '\u115f'
const WORDS_MAX = 16
const ALTERNATIVES_MAX = 8

const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]/g
const invisible =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/g
const blanks = /[ \t\n\r\f\v\u0085\u1680\u2028\u2029]+/g
const ALIKE_FROM = 'ø' + 'đłıς’‘ʼ´“”„‐–—―−'
const ALIKE_TO = 'o' + "dliσ''''" + '"""-----'

/** One spelling for all: compatible letters, case, accents, what cannot be seen, quotation marks, dashes, loose jamo. */
function spell(text: string): string {
  const plain = text
    .replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/g, (letter) => JOINED[letter] ?? letter)
    .normalize('NFKD')
    .replace(marks, '')
    .replace(invisible, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('þ', 'th')
    .replace(blanks, ' ')
    .trim()
  return Array.from(plain, (letter) => alike.get(letter) ?? letter).join('')
}

const alike = new Map([
  ...Array.from(ALIKE_FROM, (letter, at): [string, string] => [letter, ALIKE_TO[at] ?? letter]),
  ...INITIALS.map((letter, at): [string, string] => [String.fromCodePoint(0x1100 + at), letter]),
  ...Array.from({ length: 21 }, (_, at): [string, string] => [
    String.fromCodePoint(0x1161 + at),
    String.fromCodePoint(0x314f + at),
  ]),
])

const cjk = /[ㄱ-ㆎ가-힣぀-ヿ㐀-䶿一-鿿]/

/** Korean is written with and without its blanks. */
const withoutCjkBlanks = (text: string) =>
  text.replace(/ /g, (blank, at: number) =>
    cjk.test(text.charAt(at - 1)) || cjk.test(text.charAt(at + 1)) ? '' : blank,
  )

/**
 * The text as it is searched, the same as the database's function `search_text`: every syllable behind its initial
 * consonant (바다 → ㅂ바ㄷ다), then on a line of its own the initials alone, where Korean has no blanks.
 */
export function searchText(text: string): string {
  const letters = [...withoutCjkBlanks(spell(text))]
  const pairs = letters.map((letter) => pairOf(letter)).join('')
  const initials = letters.map((letter) => initialOf(letter) ?? ' ').join('')
  return `${pairs}\n${initials.replace(/ +/g, ' ').trim()}`
}

function pairOf(letter: string): string {
  if (INITIALS.includes(letter)) return letter + FILLER
  return (initialOf(letter) ?? '') + letter
}

function initialOf(letter: string): string | null {
  if (INITIALS.includes(letter)) return letter
  const code = letter.codePointAt(0) ?? 0
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return null
  return INITIALS[Math.floor((code - FIRST_SYLLABLE) / PER_INITIAL)] ?? null
}

/**
 * What was typed, as patterns for `LIKE … ESCAPE '\'` on a search text: for every word the patterns of which one must
 * match. Words may stand anywhere, in any order; a consonant stands for a syllable that begins with it.
 */
export function searchPatterns(typed: string): string[][] {
  const words = spell(typed).split(/[ ,;、]+/)
  const bare = words.map((word) => word.replace(/^[.:!?'"()]+|[.:!?'"()]+$/g, '')).filter(Boolean)
  const found = bare.length > 0 ? bare : spell(typed).split(' ').filter(Boolean)
  return found.slice(0, WORDS_MAX).map(patternsOf)
}

function patternsOf(word: string): string[] {
  const letters = [...word]
  const isInitials = letters.length > 1 && letters.every((letter) => INITIALS.includes(letter))
  if (isInitials) return [`%${word}%`]
  const parts = letters.map((letter, at) => {
    const following = letters[at + 1]
    const canBeJoined = following === undefined ? at > 0 : INITIALS.includes(following)
    return canBeJoined ? [patternOf(letter), ...joinedPatternsOf(letter)] : [patternOf(letter)]
  })
  const count = parts.reduce((product, { length }) => product * length, 1)
  const usable = count > ALTERNATIVES_MAX ? parts.map(([whole = '']) => [whole]) : parts
  return usable
    .reduce((starts, ends) => starts.flatMap((start) => ends.map((end) => start + end)), [''])
    .map((pattern) => `%${pattern}%`)
}

function patternOf(letter: string): string {
  if (INITIALS.includes(letter)) return `${letter}_`
  return (initialOf(letter) ?? '') + letter.replace(/[\\%_]/, '\\$&')
}

/** The keyboard joins a consonant to the syllable before it: 받 may be 바 with the beginning of 다, 닯 달 or 다 with more. */
function joinedPatternsOf(syllable: string): string[] {
  if (initialOf(syllable) === null || INITIALS.includes(syllable)) return []
  const offset = (syllable.codePointAt(0) ?? 0) - FIRST_SYLLABLE
  const final = FINALS[offset % PER_VOWEL] ?? ''
  const withFinal = (one: string) =>
    patternOf(String.fromCodePoint(FIRST_SYLLABLE + offset - (offset % PER_VOWEL) + FINALS.indexOf(one)))
  const [first = '', second = ''] = JOINED[final] ?? final
  const loose = [first, second].filter(Boolean).map((letter) => `${letter}_`)
  if (loose.length === 0) return []
  const all = withFinal('') + loose.join('')
  return second ? [`${withFinal(first)}${second}_`, all] : [all]
}

/** Whether one of the texts contains each word of what was typed; nothing typed is in everything. */
export function matches(typed: string, texts: readonly string[]): boolean {
  const words = expressionsOf(typed)
  if (words.length === 0) return true
  const searched = texts.map(searchTextOf)
  return words.every((word) => searched.some((text) => word.some((pattern) => pattern.test(text))))
}

const TEXTS_KEPT = 50_000
const searched = new Map<string, string>()

/** A catalogue is searched anew at every letter: its texts are folded once. Short names are found without their blanks too. */
function searchTextOf(text: string): string {
  const known = searched.get(text)
  if (known !== undefined) return known
  if (searched.size >= TEXTS_KEPT) searched.clear()
  const folded = searchText(text)
  const [pairs = ''] = folded.split('\n')
  const whole = pairs.includes(' ') ? `${folded}\n${pairs.replaceAll(' ', '')}` : folded
  searched.set(text, whole)
  return whole
}

let lastTyped: { typed: string; words: RegExp[][] } | undefined

function expressionsOf(typed: string): RegExp[][] {
  if (lastTyped?.typed !== typed) {
    const words = searchPatterns(typed).map((patterns) => patterns.map(expressionOf))
    lastTyped = { typed, words }
  }
  return lastTyped.words
}

/** A LIKE pattern as a regular expression. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .slice(1, -1)
    .replace(/\\([\\%_])|_|[.*+?^${}()|[\]/-]/g, (part, literal: string | undefined) => {
      if (literal) return literal === '\\' ? '\\\\' : literal
      return part === '_' ? '.' : `\\${part}`
    })
  return new RegExp(source)
}
