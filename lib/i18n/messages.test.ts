import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const SOURCES = ['app', 'components', 'lib', 'sandbox']
const NAMESPACES = fs.readdirSync('messages/en').map((file) => path.basename(file, '.json'))
const english = sentencesOf('en')
const korean = sentencesOf('ko')
const files = SOURCES.flatMap(readSources)

/** Keys that stand in no source text, and why. Everything else must be written where it is said, or fit a template there. */
const NAMED_BY_DATA: { key: RegExp; why: string }[] = [
  { key: /^common\.errors\./, why: 'errorKey() makes them from the code of an answer' },
  { key: /^refusals\./, why: "the table of Flamel's refusals names them" },
  { key: /^prompts\.\d+$/, why: 'the dice draws one by its number' },
  { key: /^categories\./, why: 'a catalogue names its categories' },
]

/** What may stand in a Korean sentence as it is: names, and texts to be typed letter by letter. */
const SAME_IN_BOTH = ['shell.language.en', 'references.pathPlaceholder']
const NAMES =
  /\b(Flamel( Studio)?|Google|GitHub|Node\.js|PostgreSQL|SHA-256|API|WebP|PNG|JPEG|CSV|JSON|QR|URL|ZIP|npm run \w+)\b/g

describe('the sentences', () => {
  it('are the same ones in Korean and English', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('take the same values in both languages', () => {
    const differing = [...english].filter(
      ([key, sentence]) => `${argumentsOf(sentence)}` !== `${argumentsOf(korean.get(key) ?? '')}`,
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('are all there when the code asks for them', () => {
    const missing = files.flatMap(({ file, asked }) =>
      asked.filter(({ keys }) => !keys.some((key) => english.has(key))).map(({ keys }) => `${file}: ${keys}`),
    )
    expect(missing).toEqual([])
  })

  it('are all said somewhere', () => {
    const unsaid = [...english.keys()].filter(
      (key) => !NAMED_BY_DATA.some((named) => named.key.test(key)) && !files.some(({ says }) => says(key)),
    )
    expect(unsaid).toEqual([])
  })

  it('that are Korean are Korean', () => {
    const foreign = [...korean].filter(([key, sentence]) => {
      const words = wordsOf(sentence).replace(NAMES, '')
      const isLatin = /[a-z]{3,}/i.test(words) && !/\p{Script=Hangul}/u.test(words)
      const isAllowed = SAME_IN_BOTH.includes(key) || isSearched(key)
      return (isLatin || /[a-z]{2,}( [a-z]{2,}){2}/i.test(words)) && !isAllowed
    })
    expect(foreign).toEqual([])
  })

  it('that are Korean put no particle behind a value whose last sound nobody knows', () => {
    const particle = /\}[…”]?(을|를|이|가|은|는|와|과|으로|로|이에요|예요)(?=[\s.,·!?}]|$)|\([으이]\)/
    const guessed = [...korean].filter(([, sentence]) =>
      particle.test(sentence.replaceAll('{whose}', '예산')),
    )
    expect(guessed).toEqual([])
  })

  it('that are English hold no Hangul but the name of the other language', () => {
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

type Source = {
  file: string
  /** Each place that asks for a key in so many words, with the keys it may mean. */
  asked: { keys: string[] }[]
  says: (key: string) => boolean
}

function readSources(folder: string): Source[] {
  const found = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return found
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readSource(path.join(folder, name)))
}

function readSource(file: string): Source {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const prefixes = new Map<string, string[]>()
  const calls: { name: string; key: string }[] = []
  const literals = new Set<string>()
  const patterns: RegExp[] = []
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node)) notePrefix(node, prefixes)
    if (ts.isCallExpression(node)) noteCall(node, calls)
    if (ts.isStringLiteralLike(node)) literals.add(node.text)
    if (ts.isTemplateExpression(node)) patterns.push(patternOf(node))
    ts.forEachChild(node, visit)
  }
  visit(source)
  const asked = calls.flatMap(({ name, key }) => {
    const known = prefixes.get(name)
    return known ? [{ keys: known.map((prefix) => `${prefix}.${key}`) }] : []
  })
  const says = (key: string) =>
    tails(key).some((tail) => literals.has(tail) || patterns.some((pattern) => pattern.test(tail)))
  return { file, asked, says }
}

/** `create.a.b` may be asked for as itself, as `a.b` from its namespace, or as `b` from `create.a`. */
const tails = (key: string) => key.split('.').map((_, index, parts) => parts.slice(index).join('.'))

/** Notes that `t` stands for a namespace, in `const t = useTranslations('create')`, alone or in a Promise.all. */
function notePrefix(node: ts.VariableDeclaration, prefixes: Map<string, string[]>) {
  if (!node.initializer) return
  const asked = [...node.initializer.getText().matchAll(/(?:use|get)Translations\('([\w.]+)'\)/g)]
  const names = ts.isArrayBindingPattern(node.name)
    ? node.name.elements.map((element) => element.getText())
    : [node.name.getText()]
  if (asked.length === 0 || asked.length > names.length) return
  for (const name of names)
    prefixes.set(name, [...(prefixes.get(name) ?? []), ...asked.map(([, prefix = '']) => prefix)])
}

/** Notes `t('key')`, `t.rich('key')` and their like. */
function noteCall(node: ts.CallExpression, calls: { name: string; key: string }[]) {
  const [first] = node.arguments
  if (!first || !ts.isStringLiteralLike(first)) return
  const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node.expression
  if (ts.isIdentifier(callee)) calls.push({ name: callee.text, key: first.text })
}

function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const parts = [head.text, ...templateSpans.map((span) => span.literal.text)]
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\w-]+')
  // a template of values alone says nothing about keys
  return parts.some((part) => /[a-z]/i.test(part)) ? new RegExp(`^${escaped}$`) : /(?!)/
}
