import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const routes = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('route.ts'))
  .map((file) => path.join('app/api/v1', file))

const parsed = new Map<string, ts.SourceFile>()
function parse(file: string): ts.SourceFile {
  const known = parsed.get(file)
  if (known) return known
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  parsed.set(file, source)
  return source
}

/** What a file imports from others of the project: from where, by the name it has there. */
function importsOf(source: ts.SourceFile): Map<string, { file: string; name: string }> {
  const found = new Map<string, { file: string; name: string }>()
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const from = statement.moduleSpecifier.text
    const named = statement.importClause?.namedBindings
    if (!from.startsWith('@/') || !named || !ts.isNamedImports(named)) continue
    for (const { name, propertyName } of named.elements)
      found.set(name.text, { file: `${from.slice(2)}.ts`, name: (propertyName ?? name).text })
  }
  return found
}

/** What a browser is given as the W3C states it: the shape is theirs, its type @simplewebauthn's. */
const WEB_AUTHN = /^PublicKeyCredential(Creation|Request)OptionsJSON$/
/** Wrappers of `lib/access/http` and checks: no answer is made of what they return. */
const AROUND = /^lib\/(access|platform)\//

/** The functions that a route calls in lib, each with the type that it says to return. */
function answersOf(route: string) {
  const source = parse(route)
  const imports = importsOf(source)
  const called = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) called.add(node.expression.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...called].flatMap((name) => {
    const from = imports.get(name)
    return from && !AROUND.test(from.file) ? [{ ...from, type: returnTypeOf(from) }] : []
  })
}

function returnTypeOf({ file, name }: { file: string; name: string }): ts.TypeNode | undefined {
  for (const statement of parse(file).statements)
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement.type
  return undefined
}

/** What a type is made of that no zod shape states. */
function shapeless(type: ts.TypeNode | undefined, file: string): string[] {
  if (!type) return ['nothing said']
  const text = type.getText()
  if (/^(void|undefined|null|Response)$/.test(text)) return []
  if (ts.isArrayTypeNode(type)) return shapeless(type.elementType, file)
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type))
    return type.types.flatMap((one) => shapeless(one, file))
  if (!ts.isTypeReferenceNode(type)) return [text]
  const name = type.typeName.getText()
  if (name === 'Promise') return (type.typeArguments ?? []).flatMap((one) => shapeless(one, file))
  return isInferred(name, file) || WEB_AUTHN.test(name) ? [] : [text]
}

function isInferred(name: string, file: string): boolean {
  const from = importsOf(parse(file)).get(name)
  if (from) return isInferred(from.name, from.file)
  return parse(file).statements.some(
    (statement) =>
      ts.isTypeAliasDeclaration(statement) &&
      statement.name.text === name &&
      /^z\.(infer|output)</.test(statement.type.getText()),
  )
}

test.each(routes)('what %s answers has a zod shape', (route) => {
  const without = answersOf(route).flatMap(({ file, name, type }) =>
    shapeless(type, file).map((text) => `${name} of ${file}: ${text}`),
  )
  expect(without).toEqual([])
})

test('what has no shape is seen', () => {
  const source = ts.createSourceFile(
    'x.ts',
    'type X = Promise<{ id: string }>; type Y = Promise<Person | void>',
    99,
    true,
  )
  const types = source.statements.filter(ts.isTypeAliasDeclaration).map(({ type }) => type)
  expect(types.map((type) => shapeless(type, 'lib/people/server.ts'))).toEqual([
    ['{ id: string }'],
    ['Person'],
  ])
})
