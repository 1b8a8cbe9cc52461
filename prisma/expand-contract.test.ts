import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const MIGRATIONS = 'prisma/migrations'
/** Of before the rule. */
const BEFORE = ['20261122211717_snapshot_spending']

/** What takes away or changes something that the release before still uses while both run. */
const CONTRACTS: [RegExp, string][] = [
  [/\bDROP\s+(TABLE|COLUMN|TYPE|VIEW)\b/i, 'drops something'],
  [/\bRENAME\b/i, 'renames something'],
  [/\bSET\s+NOT\s+NULL\b/i, 'demands a value that the release before does not write'],
  [/\b(SET\s+DATA\s+)?TYPE\s+\w+.*\bUSING\b|\bSET\s+DATA\s+TYPE\b/i, 'changes a type'],
  [
    /\bADD\s+COLUMN\s+"\w+"[^,;]*\bNOT\s+NULL\b(?![^,;]*\b(DEFAULT|GENERATED)\b)/i,
    'adds a column that an insert of the release before leaves empty',
  ],
]

/** A contract step names the first release that no longer needs what it takes: `-- contract: unused since 1.4.0`. */
const ALLOWED = /^-- contract: unused since \d+\.\d+\.\d+$/m

function breaches(sql: string): string[] {
  if (ALLOWED.test(sql)) return []
  const made = [...sql.matchAll(/CREATE\s+TEMPORARY\s+TABLE\s+(\w+)/gi)].map(([, name]) => name)
  const statements = sql
    .replace(/--.*$/gm, '')
    .split(';')
    .filter(
      (statement) => !made.some((name) => new RegExp(`DROP\\s+TABLE\\s+${name}\\b`, 'i').test(statement)),
    )
  return CONTRACTS.filter(([pattern]) => statements.some((one) => pattern.test(one))).map(([, what]) => what)
}

test('every migration leaves the release before something to live on', () => {
  const names = fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() && !BEFORE.includes(entry.name) ? [entry.name] : []))
  const found = names.flatMap((name) =>
    breaches(fs.readFileSync(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8')).map(
      (what) => `${name}: ${what}`,
    ),
  )
  expect(names.length).toBeGreaterThan(20)
  expect(found).toEqual([])
})

test.each([
  ['ALTER TABLE "Team" DROP COLUMN "name"', 'drops something'],
  ['DROP TABLE "Team"', 'drops something'],
  ['ALTER TABLE "Team" RENAME COLUMN "name" TO "title"', 'renames something'],
  [
    'ALTER TABLE "Team" ALTER COLUMN "zone" SET NOT NULL',
    'demands a value that the release before does not write',
  ],
  ['ALTER TABLE "Team" ALTER COLUMN "zone" SET DATA TYPE text', 'changes a type'],
  [
    'ALTER TABLE "Team" ADD COLUMN "zone" TEXT NOT NULL',
    'adds a column that an insert of the release before leaves empty',
  ],
])('%s is a contract step', (sql, what) => {
  expect(breaches(sql)).toEqual([what])
  expect(breaches(`-- contract: unused since 1.4.0\n${sql}`)).toEqual([])
})

test.each([
  `ALTER TABLE "Team" ADD COLUMN "zone" TEXT NOT NULL DEFAULT 'UTC', ADD COLUMN "mark" TEXT`,
  'CREATE TEMPORARY TABLE past AS SELECT 1; DROP TABLE past',
  'CREATE TABLE "Mark" ("id" UUID NOT NULL)',
])('%s is an expand step', (sql) => {
  expect(breaches(sql)).toEqual([])
})
