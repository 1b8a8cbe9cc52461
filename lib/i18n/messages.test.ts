import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSources, saidBy } from '@/e2e/support/asked-sentences'

const SOURCES = ['app', 'components', 'lib', 'sandbox']
const NAMESPACES = fs.readdirSync('messages/en').map((file) => path.basename(file, '.json'))
const english = sentencesOf('en')
const korean = sentencesOf('ko')
const files = SOURCES.flatMap(readSources)

/** Keys that stand in no source text, and why. Everything else must be written where it is said, or fit a template there. */
const NAMED_BY_DATA: { key: RegExp; why: string }[] = [
  { key: /^common\.errors\./, why: 'errorKey() makes them from the code of an answer' },
  { key: /^common\.databaseAway\./, why: 'a page that is made without React reads them from the file' },
  { key: /^refusals\./, why: "the table of Flamel's refusals names them" },
  { key: /^prompts\.\d+$/, why: 'the dice draws one by its number' },
  { key: /^categories\./, why: 'a catalogue names its categories' },
]

/** What may stand in a Korean sentence as it is: names, and texts to be typed letter by letter. */
const SAME_IN_BOTH = ['shell.language.en', 'references.pathPlaceholder']
const NAMES =
  /\b(Flamel( Studio)?|Google|GitHub|Node\.js|PostgreSQL|SHA-256|API|WebP|PNG|JPEG|CSV|JSON|QR|URL|ZIP|npm run \w+)\b/g

describe('the sentences', () => {
  test('are the same ones in Korean and English', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('take the same values in both languages', () => {
    const differing = [...english].filter(
      ([key, sentence]) => `${argumentsOf(sentence)}` !== `${argumentsOf(korean.get(key) ?? '')}`,
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  test('are all there when the code asks for them', () => {
    const missing = files.flatMap(({ file, asked }) =>
      asked.filter(({ keys }) => !keys.some((key) => english.has(key))).map(({ keys }) => `${file}: ${keys}`),
    )
    expect(missing).toEqual([])
  })

  test('are all said somewhere', () => {
    const isSaid = saidBy(files)
    const unsaid = [...english.keys()].filter(
      (key) => !NAMED_BY_DATA.some((named) => named.key.test(key)) && !isSaid(key),
    )
    expect(unsaid).toEqual([])
  })

  test('that are Korean are Korean', () => {
    const foreign = [...korean].filter(([key, sentence]) => {
      const words = wordsOf(sentence).replace(NAMES, '')
      const isLatin = /[a-z]{3,}/i.test(words) && !/\p{Script=Hangul}/u.test(words)
      const isAllowed = SAME_IN_BOTH.includes(key) || isSearched(key)
      return (isLatin || /[a-z]{2,}( [a-z]{2,}){2}/i.test(words)) && !isAllowed
    })
    expect(foreign).toEqual([])
  })

  test('that are Korean put no particle behind a value whose last sound nobody knows', () => {
    const particle = /\}[…”]?(을|를|이|가|은|는|와|과|으로|로|이에요|예요)(?=[\s.,·!?}]|$)|\([으이]\)/
    const guessed = [...korean].filter(([, sentence]) =>
      particle.test(sentence.replaceAll('{whose}', '예산')),
    )
    expect(guessed).toEqual([])
  })

  test('that are English hold no Hangul but the name of the other language', () => {
    const foreign = [...english].filter(([key, sentence]) => {
      return /\p{Script=Hangul}/u.test(sentence) && sentence !== '한국어' && !isSearched(key)
    })
    expect(foreign).toEqual([])
  })
})

/** What is only typed, in either language, and never read. */
const isSearched = (key: string) => key.startsWith('shell.palette.words.')

function sentencesOf(locale: string): Map<string, string> {
  return new Map(
    NAMESPACES.flatMap((namespace) =>
      leaves(JSON.parse(fs.readFileSync(`messages/${locale}/${namespace}.json`, 'utf8')), namespace),
    ),
  )
}

function leaves(value: unknown, key: string): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  return Object.entries(value ?? {}).flatMap(([name, inner]) => leaves(inner, `${key}.${name}`))
}

/**
 * A sentence's values and tags in order, such as `count`, `at date`, `<b>`. Korean needs no plural where English does,
 * so a number may be written either way.
 */
function argumentsOf(sentence: string): string[] {
  const found = new Set<string>(sentence.match(/<\w+>/g))
  visitArguments(sentence, (name, kind) =>
    found.add(/^(plural|number)?$/.test(kind) ? name : `${name} ${kind}`),
  )
  return [...found].sort()
}

function visitArguments(sentence: string, visit: (name: string, kind: string) => void) {
  for (const body of braced(sentence)) {
    const [, name = '', kind = '', options = ''] = /^\s*(\w+)\s*(?:,\s*(\w+)\s*,?)?(.*)$/s.exec(body) ?? []
    visit(name, kind)
    if (kind === 'plural' || kind === 'select' || kind === 'selectordinal')
      braced(options).forEach((option) => visitArguments(option, visit))
  }
}

/** What stands between the outermost braces. */
function braced(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const [index, character] of [...text].entries()) {
    if (character === '{' && ++depth === 1) start = index + 1
    if (character === '}' && --depth === 0) parts.push([...text].slice(start, index).join(''))
  }
  return parts
}

/** A sentence without the names of its values, selectors and tags. */
function wordsOf(sentence: string): string {
  const outside = sentence.replace(/<\/?\w+>/g, '')
  return braced(outside).reduce((text, body) => {
    const said = /^\s*\w+\s*,\s*(plural|select|selectordinal)\s*,/.test(body)
      ? braced(body).map(wordsOf).join(' ')
      : ''
    return text.replace(`{${body}}`, said)
  }, outside)
}
