import path from 'node:path'
import { ESLint, type Linter } from 'eslint'
import { expect, test } from 'vitest'
import { WALLS } from './walls.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const withoutTypes = {
  '@typescript-eslint/no-floating-promises': 'off',
  '@typescript-eslint/no-misused-promises': 'off',
} as const
const linter = (rules: Linter.RulesRecord) =>
  new ESLint({
    cwd: root,
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: false } },
      rules: { ...withoutTypes, ...rules },
    },
  })
// the cycle rule follows imports on disk, so it cannot judge a file that does not exist
const eslint = linter({ 'import/no-cycle': 'off' })

async function complaints(file: string, text: string, judge = eslint) {
  const [result] = await judge.lintText(text, { filePath: path.join(root, file) })
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`).join('\n')
}

const violations: Record<string, [file: string, text: string]> = {
  'nothing imports app': ['lib/styles/server.ts', "import { Page } from '@/app/page'\nexport const a = Page"],
  'routes are thin': [
    'app/api/x/route.ts',
    "import { Tile } from '@/components/tile'\nexport const GET = Tile",
  ],
  'routes do not reach the database': [
    'app/api/x/route.ts',
    "import { db } from '@/lib/db'\nexport const GET = db",
  ],
  'components stay in front': [
    'components/a/b.tsx',
    "import { x } from '@/lib/styles/server'\nexport const a = x",
  ],
  'zod stays on the server': [
    'components/a/b.tsx',
    "import { x } from '@/lib/styles/schema'\nexport const a = x",
  ],
  'the kit knows no domain': [
    'components/ui/b.tsx',
    "import { x } from '@/lib/styles/client'\nexport const a = x",
  ],
  'the browser half of a domain does not reach the server half': [
    'lib/styles/client.ts',
    "import { x } from '@/lib/styles/server'\nexport const a = x",
  ],
  'the upstream client knows no domain': [
    'lib/flamel/x.ts',
    "import { x } from '@/lib/styles/server'\nexport const a = x",
  ],
  'the sandbox stands alone': ['lib/sandbox/x.ts', "import { x } from '@/lib/env'\nexport const a = x"],
  'infrastructure is below the domains': [
    'lib/log.ts',
    "import { x } from '@/lib/styles/server'\nexport const a = x",
  ],
  'tests stay out of the product': [
    'lib/styles/x.ts',
    "import { test } from 'vitest'\nexport const a = test",
  ],
}

test.each(WALLS)(
  'the wall “$name” stops an import with a message that teaches',
  async ({ name, message }) => {
    const [file, text] = violations[name] ?? ['', '']
    expect(await complaints(file, text)).toContain(`studio/wall: ${message}`)
  },
)

test('a relative import does not get round a wall', async () => {
  const text = "export const a = import('../../lib/styles/server')"
  expect(await complaints('components/a/b.tsx', text)).toContain('studio/wall')
})

test('a re-export does not get round a wall', async () => {
  expect(await complaints('lib/flamel/x.ts', "export * from '@/lib/styles/server'")).toContain('studio/wall')
})

test('types may come from a schema, values may not', async () => {
  expect(
    await complaints('components/a/b.tsx', "import type { X } from '@/lib/styles/schema'\nexport type Y = X"),
  ).toBe('')
})

test('a cycle of imports is refused', async () => {
  const text = "import { env } from '@/lib/env'\nexport const shared = env"
  expect(await complaints('lib/shared.ts', text, linter({}))).toContain('import/no-cycle: ')
})

test.each([
  ['import/no-default-export', 'lib/styles/x.ts', 'export default 1'],
  ['no-restricted-properties', 'lib/styles/x.ts', 'export const a = process.env.HOME'],
  ['no-console', 'lib/styles/x.ts', "console.log('a')"],
  ['max-lines', 'lib/styles/x.ts', 'export {}\n'.repeat(301)],
  ['max-lines-per-function', 'lib/styles/x.ts', `export function a() {\n${'a()\n'.repeat(80)}}`],
  ['complexity', 'lib/styles/x.ts', `export const a = (x: number) => ${'x ? 1 : '.repeat(16)}2`],
  ['@typescript-eslint/no-explicit-any', 'lib/styles/x.ts', 'export const a = (x: any) => x'],
  [
    '@typescript-eslint/no-non-null-assertion',
    'lib/styles/x.ts',
    'export const a = (x?: string) => x!.length',
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    'lib/styles/x.ts',
    "import { Tx } from '@/lib/db'\nexport type A = Tx",
  ],
  ['studio/explained-assertion', 'lib/styles/x.ts', 'export const a = (x: unknown) => x as string'],
  ['studio/absolute-imports', 'lib/styles/x.ts', "import { a } from './schema'\nexport const b = a"],
  ['studio/server-only', 'lib/styles/x.ts', "import { db } from '@/lib/db'\nexport const b = db"],
  ['studio/file-name', 'lib/styles/utils.ts', 'export const a = 1'],
  ['studio/file-name', 'lib/styles/StyleCard.ts', 'export const a = 1'],
  ['studio/no-colour-literal', 'components/a/b.tsx', "export const a = 'bg-[#fa0]'"],
  ['studio/no-colour-literal', 'components/a/b.tsx', 'export const a = `oklch(0.8 0.1 ${80})`'],
])('%s bites in %s', async (rule, file, text) => {
  expect(await complaints(file, text)).toContain(`${rule}: `)
})

test.each([
  ['lib/styles/x.ts', 'export const a = (x: unknown) => x as string // the driver says so'],
  ['lib/styles/x.ts', "export const a = ['b'] as const"],
  ['lib/env.ts', 'export const a = process.env.HOME'],
  ['app/x/page.tsx', 'export default function Page() {\n  return null\n}'],
  ['lib/styles/x.ts', "import 'server-only'\nimport { db } from '@/lib/db'\nexport const b = db"],
])('what is allowed passes in %s: %s', async (file, text) => {
  expect(await complaints(file, text)).toBe('')
})
