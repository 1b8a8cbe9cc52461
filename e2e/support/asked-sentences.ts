import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** What one file asks for of the sentences. */
export type Source = {
  file: string
  /** Each place that asks for a key in so many words, with the keys it may mean. */
  asked: { keys: string[] }[]
  /** The whole keys of places where a part is a value. */
  patterns: RegExp[]
  /** The namespaces of which it asks for what is not written in that place. */
  open: Set<string>
  /** The namespaces of which it is given, or makes, a `t` whose name nobody knows here. */
  given: Set<string>
  /** What is written anywhere else: it may be meant for an open namespace. */
  loose: { literals: Set<string>; names: Set<string>; patterns: RegExp[] }
}

/** Each source text of a folder but its tests. */
export function readSources(folder: string): Source[] {
  const found = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return found
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readSource(path.join(folder, name), fs.readFileSync(path.join(folder, name), 'utf8')))
}

function readSource(file: string, text: string): Source {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const root = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const namespaces = namespacesOf(root)
  const loose: Source['loose'] = { literals: new Set(), names: new Set(), patterns: [] }
  const source: Source = { file, asked: [], patterns: [], open: new Set(), given: new Set(), loose }
  const written = new Set<ts.Node>()
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node))
      for (const key of keysOf(node)) {
        if (noteKey(key, namespacesAsked(node, namespaces), source)) written.add(key)
      }
    if (!written.has(node)) noteLoose(node, loose)
    ts.forEachChild(node, visit)
  }
  visit(root)
  for (const [, given, made] of text.matchAll(
    /Translations<'([\w.]+)'>|createTranslator<Messages, '([\w.]+)'>/g,
  ))
    source.given.add(given ?? made ?? '')
  return source
}

/**
 * Whether some source says the sentence: in so many words, with a value in its key (a word that is written somewhere),
 * or by a key that stands elsewhere than where it is asked for. Such a key counts only for a namespace of which keys are
 * asked for so.
 */
export function saidBy(sources: Source[]): (key: string) => boolean {
  const asked = new Set(sources.flatMap((source) => source.asked.flatMap(({ keys }) => keys)))
  const patterns = sources.flatMap((source) => source.patterns)
  const open = new Set(sources.flatMap((source) => [...source.open]))
  const literals = new Set(sources.flatMap(({ loose }) => [...loose.literals]))
  const names = new Set(sources.flatMap(({ loose }) => [...loose.names]))
  const loosePatterns = sources.flatMap(({ loose }) => loose.patterns)
  const isWord = (value: string) => literals.has(value) || names.has(value) || /^\d+$/.test(value)
  const fits = (patterns: RegExp[], key: string) =>
    patterns.some((pattern) => pattern.exec(key)?.slice(1).every(isWord))
  return (key) =>
    asked.has(key) ||
    fits(patterns, key) ||
    split(key).some(
      ({ namespace, tail }) =>
        (open.has(namespace) && (literals.has(tail) || fits(loosePatterns, tail))) ||
        sources.some(
          ({ given, loose }) =>
            given.has(namespace) && (loose.literals.has(tail) || fits(loose.patterns, tail)),
        ),
    )
}

/** `create.a.b` may be asked for as `a.b` from `create`, or as `b` from `create.a`. */
function split(key: string): { namespace: string; tail: string }[] {
  const parts = key.split('.')
  return parts.slice(1).map((_, index) => ({
    namespace: parts.slice(0, index + 1).join('.'),
    tail: parts.slice(index + 1).join('.'),
  }))
}

/** The namespaces that a name stands for, in `const t = useTranslations('create')`, alone or in a Promise.all. */
function namespacesOf(root: ts.Node): Map<string, string[]> {
  const namespaces = new Map<string, string[]>()
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node)) noteNamespaces(node, namespaces)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return namespaces
}

function noteNamespaces({ name, initializer }: ts.VariableDeclaration, namespaces: Map<string, string[]>) {
  const named = initializer ? namespacesIn(initializer) : []
  const names = ts.isArrayBindingPattern(name)
    ? name.elements.map((element) => element.getText())
    : [name.getText()]
  if (named.length === 0 || named.length > names.length) return
  for (const one of names) namespaces.set(one, [...(namespaces.get(one) ?? []), ...named])
}

const namespacesIn = (node: ts.Node) =>
  [...node.getText().matchAll(/(?:use|get)Translations\('([\w.]+)'\)/g)].map(([, name = '']) => name)

/** The namespaces of `t('key')`, `t.rich('key')`, `(await getTranslations('create'))('key')`; none of other calls. */
function namespacesAsked({ expression }: ts.CallExpression, namespaces: Map<string, string[]>): string[] {
  const callee = ts.isPropertyAccessExpression(expression) ? expression.expression : expression
  if (ts.isIdentifier(callee)) return namespaces.get(callee.text) ?? []
  return ts.isParenthesizedExpression(callee) ? namespacesIn(callee) : []
}

/** What a call may ask for: its first argument, or each of two that it chooses from. */
function keysOf({ arguments: [first] }: ts.CallExpression): ts.Expression[] {
  const waysOf = (key: ts.Expression): ts.Expression[] => {
    if (ts.isParenthesizedExpression(key)) return waysOf(key.expression)
    return ts.isConditionalExpression(key) ? [key.whenTrue, key.whenFalse].flatMap(waysOf) : [key]
  }
  return first ? waysOf(first) : []
}

/** Notes what is asked for, and says whether that is written there. */
function noteKey(key: ts.Expression, namespaces: string[], source: Source): boolean {
  if (namespaces.length === 0) return false
  if (ts.isStringLiteralLike(key)) {
    source.asked.push({ keys: namespaces.map((namespace) => `${namespace}.${key.text}`) })
    return true
  }
  if (ts.isTemplateExpression(key)) {
    source.patterns.push(...namespaces.map((namespace) => patternOf(key, `${namespace}.`)))
    return true
  }
  // errorKey() makes keys of common.errors
  if (!/^errorKey\(/.test(key.getText())) namespaces.forEach((namespace) => source.open.add(namespace))
  return false
}

function noteLoose(node: ts.Node, { literals, names, patterns }: Source['loose']): void {
  if (ts.isStringLiteralLike(node)) literals.add(node.text)
  if (ts.isIdentifier(node) && isName(node)) names.add(node.text)
  // a template of values alone says nothing about keys
  if (ts.isTemplateExpression(node) && /[a-z]/i.test(fixed(node).join(''))) patterns.push(patternOf(node))
}

/** The name of a property: a value may be one of an object's keys. */
const isName = ({ parent }: ts.Identifier) =>
  ts.isPropertyAssignment(parent) ||
  ts.isShorthandPropertyAssignment(parent) ||
  ts.isPropertySignature(parent)

const fixed = ({ head, templateSpans }: ts.TemplateExpression) => [
  head.text,
  ...templateSpans.map((span) => span.literal.text),
]

function patternOf(template: ts.TemplateExpression, before = ''): RegExp {
  const [head = '', ...others] = fixed(template)
  const parts = [before + head, ...others].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('([\\w-]+)')}$`)
}
