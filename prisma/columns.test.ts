import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const files = (folder: string, ending: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/\.test\./.test(file))
    .map((file) => path.join(folder, file))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Columns by table, and the names of all enums, as the schema says them. */
function readSchema() {
  const text = files('prisma/schema', '.prisma').map(read).join('\n')
  const blocks = [...text.matchAll(/^(model|enum) (\w+) \{\n(.*?)^\}/gms)]
  const models = new Set(blocks.flatMap(([, kind, name = '']) => (kind === 'model' ? [name] : [])))
  const columnsOf = (body: string) =>
    [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)].flatMap(([, name = '', type = '']) =>
      models.has(type) ? [] : [name],
    )
  const tables = new Map(
    blocks.flatMap(([, kind, name = '', body = '']) =>
      kind === 'model' ? [[name, new Set(columnsOf(body))]] : [],
    ),
  )
  return { tables, enums: new Set(blocks.flatMap(([, kind, name = '']) => (kind === 'enum' ? [name] : []))) }
}

/** The SQL of a file: its tagged templates, each value as `?`. */
function readSql(file: string): string[] {
  const found: string[] = []
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    if (
      ts.isTaggedTemplateExpression(node) &&
      /(\$queryRaw|\$executeRaw|\.sql)$/.test(node.tag.getText(source))
    )
      found.push(textOf(node.template))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return template.head.text + template.templateSpans.map(({ literal }) => ` ? ${literal.text}`).join('')
}

const { tables, enums } = readSchema()
const sql = [...files('lib', '.ts'), ...files('scripts', '.ts')].flatMap((file) =>
  readSql(file).map((text) => ({ file, text })),
)

/** Names that SQL gives by itself: `AS "name"`, and the lists of columns after an alias. */
const given = (texts: string[]) =>
  new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(/\bAS "(\w+)"/g)].map(([, name = '']) => name),
      ...[...text.matchAll(/\)\s*(?:AS )?\w+ \(([\w", ]+)\)/g)].flatMap(([, list = '']) => namesIn(list)),
    ]),
  )
const namesIn = (list: string) => list.split(',').map((name) => name.replaceAll('"', '').trim())

/** What a statement names that the schema does not have. */
function unknownIn(text: string, aliases: Set<string>): string[] {
  const isKnown = (name: string) =>
    tables.has(name) ||
    enums.has(name) ||
    aliases.has(name) ||
    [...tables.values()].some((all) => all.has(name))
  const quoted = [...text.matchAll(/"(\w+)"/g)].map(([, name = '']) => name)
  return [...quoted.filter((name) => !isKnown(name)), ...unknownOfTables(text)]
}

function unknownOfTables(text: string): string[] {
  const named = [
    ...text.matchAll(/\b(?:FROM|JOIN|UPDATE|INTO) "(\w+)"(?: (?:AS )?(?!SET\b|WHERE\b|ON\b)(\w+))?/g),
  ]
  const inserted = [...text.matchAll(/\bINTO "(\w+)"(?: AS \w+)?\s*\(([\w",\s]+)\)/g)].flatMap(
    ([, table = '', list = '']) => namesIn(list).map((name) => [table, name] as const),
  )
  const qualified = named.flatMap(([, table = '', alias]) => {
    const isOne = alias !== undefined && named.filter((each) => each[2] === alias).length === 1
    return isOne
      ? [...text.matchAll(new RegExp(`(?<![\\w"])${alias}\\.("?)(\\w+)\\1`, 'g'))].map(
          ([, , name = '']) => [table, name] as const,
        )
      : []
  })
  const missing = [...inserted, ...qualified].filter(([table, name]) => !tables.get(table)?.has(name))
  return missing.map(([table, name]) => `${table}.${name}`)
}

test('SQL names no column that the schema does not have', () => {
  const aliases = given(sql.map(({ text }) => text))
  const unknown = sql.flatMap(({ file, text }) => unknownIn(text, aliases).map((name) => `${file}: ${name}`))
  expect(sql.length).toBeGreaterThan(100)
  expect(unknown).toEqual([])
})

test.each([
  ['SELECT "nobody" FROM "Image"', ['nobody']],
  ['SELECT i."makerName" FROM "Image" i', ['makerName', 'Image.makerName']],
  ['SELECT i.prompt FROM "Image" i JOIN "Generation" g ON g.id = i."generationId"', ['Image.prompt']],
  ['INSERT INTO "Blob" (id, "teamId", prompt) VALUES (1, 2, 3)', ['Blob.prompt']],
  ['UPDATE "Generation" g SET "sentAt" = now() WHERE g."sha256" = 1', ['Generation.sha256']],
  ['SELECT b."sizeBytes" AS "bytes" FROM "Blob" b', ['bytes']],
])('%s is seen to name what is not there', (text, unknown) => {
  expect(unknownIn(text, new Set())).toEqual(unknown)
})
