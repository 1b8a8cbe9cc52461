import fs from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { EDGES, isOpen, STATUSES, type Edge, type Status } from '@/lib/generations/status'

const edges = Object.entries(EDGES).map(([name, { from, to }]) => ({ name, from: [...from] as Status[], to })) // as declared
const into = (to: Status) => [...new Set(edges.filter((edge) => edge.to === to).flatMap(({ from }) => from))]
const outOf = (from: Status) => edges.filter((edge) => edge.from.includes(from)).map(({ name }) => name)

test('nothing leaves a final state, but for images that turn up after a person had settled without them', () => {
  expect(['succeeded', 'canceled'].flatMap((status) => outOf(status as Status))).toEqual([]) // both are states
  expect(outOf('failed')).toEqual(['revive'] satisfies Edge[])
})

test('nothing returns to the queue from a state in which upstream may have taken the call', () => {
  expect(into('queued')).toEqual(['sending'])
})

test('only what waits in the queue is claimed or canceled', () => {
  expect([into('sending'), into('canceled')]).toEqual([['queued'], ['queued']])
})

test('an unknown end becomes succeeded or failed only', () => {
  expect(edges.filter(({ from }) => from.includes('unknown')).map(({ to }) => to)).toEqual([
    ...['succeeded', 'failed', 'succeeded', 'failed'],
  ])
})

test('a generation is open while the program will still act', () => {
  expect(STATUSES.filter(isOpen)).toEqual(['queued', 'sending', 'pending'])
})

const CHANGES = /\bgeneration\s*\.(?:create|update|upsert)\w*$/
/** What SQL sets of Generation, up to its condition; a table that is put in may be Generation. */
const SETTING = /(?:"Generation"|\?)(?:\s+(?:AS\s+)?(?!SET\b)\w+)?\s+SET\s((?:(?!\bWHERE\b)[^])*)/gi
const nameOf = ({ name }: ts.ObjectLiteralElementLike) =>
  name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : ''

/** Whether a file writes the status of a generation, in SQL or through Prisma. */
function writesStatus(file: string, text: string): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const declared = nodes.filter(ts.isVariableDeclaration)

  /** Of an object, of what is spread in it, of each that a list or a condition holds, of what a name stands for. */
  function propertiesOf(node: ts.Node, passed: string[] = []): ts.ObjectLiteralElementLike[] {
    if (ts.isObjectLiteralExpression(node))
      return node.properties.flatMap((one) => (ts.isSpreadAssignment(one) ? propertiesOf(one, passed) : one))
    if (ts.isIdentifier(node) && passed.includes(node.text)) return []
    if (ts.isIdentifier(node))
      return declared
        .filter(({ name }) => name.getText(source) === node.text)
        .flatMap(({ initializer }) => (initializer ? propertiesOf(initializer, [...passed, node.text]) : []))
    return ts.isPropertyAccessExpression(node)
      ? []
      : childrenOf(node).flatMap((one) => propertiesOf(one, passed))
  }
  const of = (node: ts.Node, names: string[]) =>
    propertiesOf(node).filter((one) => names.includes(nameOf(one)))
  const isChange = (node: ts.Node) =>
    ts.isCallExpression(node) &&
    CHANGES.test(node.expression.getText(source)) &&
    node.arguments
      .flatMap((given) => of(given, ['data', 'create', 'update']))
      .some(
        (data) =>
          of(ts.isPropertyAssignment(data) ? data.initializer : (data.name ?? data), ['status']).length > 0,
      )
  const isSetting = (sql: string) =>
    [...sql.matchAll(SETTING)].some(([, set = '']) => /(?<![\w"])"?status"?\s*[=,)]/i.test(set))
  return nodes.some((node) => isChange(node) || isSetting(textOf(node)))
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  return children
}

/** Of a string or a template, each value as `?`. */
function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return ''
  return node.head.text + node.templateSpans.map(({ literal }) => `?${literal.text}`).join('')
}

test('transition.ts is the one file that writes the status of a generation', () => {
  const files = ['lib', 'app', 'components', 'scripts']
    .flatMap((folder) =>
      fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file))
  const generationWriters = files.filter((file) => {
    const text = fs.readFileSync(file, 'utf8')
    return /\bgeneration\s*\.(?:create|update|upsert)|"Generation"/.test(text) && writesStatus(file, text)
  })
  expect(generationWriters).toEqual(['lib/generations/transition.ts'])
})

test.each([
  'sql`UPDATE "Generation" SET status = ${to} WHERE id = ${id}`',
  'sql`UPDATE "Generation" SET "status" = ${to} WHERE id = ${id}`',
  'sql`UPDATE "Generation" AS g SET "notBefore" = ${at}, status = 1`',
  'sql`UPDATE "Generation" g SET (attempts, "status") = (0, ${to})`',
  'sql`UPDATE ${table} SET status = ${to}`',
  'client.query(\'update "Generation" set status = $1\')',
  'tx.generation.update({ where, data: { status } })',
  'db().generation.updateMany({ data: { request: { a }, status: to } })',
  "tx.generation.updateManyAndReturn({ data: { ...kept, 'status': to } })",
  'const data = { status }; tx.generation.update({ where, data })',
  'const set = { status } as const; generation.update({ data: { ...(isEnd && set) } })',
  'const given = { where, data: { status } }; tx.generation.update(given)',
  'tx.generation.upsert({ where, create: {}, update: isEnd ? { status } : {} })',
  'tx.generation.createMany({ data: ids.map((id) => ({ id, status })) })',
])('%s is seen to write a status', (text) => {
  expect(writesStatus('written.ts', text)).toBe(true)
})

test.each([
  'sql`UPDATE "Generation" SET "sentAt" = now() WHERE status = 1`',
  'sql`UPDATE "Generation" SET "statusReason" = NULL`',
  'sql`UPDATE "Mail" SET status = 1 WHERE id IN (SELECT "mailId" FROM "Generation")`',
  'tx.generation.updateMany({ where: { status }, data: { notBefore, detail: { status } }, select: { status: true } })',
  'const row = findFirst({ select: { status: true } }); tx.generation.update({ data: { id: row.status } })',
])('%s is seen to write none', (text) => {
  expect(writesStatus('written.ts', text)).toBe(false)
})
