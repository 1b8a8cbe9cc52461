import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { ROOT } from '@/scripts/setup.mjs'
import { WALLS } from './walls.mjs'

type Case = [file: string, text: string]

const violations: Record<string, Case> = {
  'nothing imports app': ['lib/styles/server.ts', "import { Page } from '@/app/page'\nexport const a = Page"],
  'routes are thin': [
    'app/api/x/route.ts',
    "import { Tile } from '@/components/tile'\nexport const GET = Tile",
  ],
  'routes do not reach the database': [
    'app/api/x/route.ts',
    "import { db } from '@/lib/platform/db'\nexport const GET = db",
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
  'the sandbox stands alone': [
    'lib/sandbox/x.ts',
    "import { x } from '@/lib/platform/env'\nexport const a = x",
  ],
  'infrastructure is below the domains': [
    'lib/platform/log.ts',
    "import { x } from '@/lib/styles/server'\nexport const a = x",
  ],
  'tests stay out of the product': [
    'lib/styles/x.ts',
    "import { test } from 'vitest'\nexport const a = test",
  ],
}

const refused: [rule: string, file: string, text: string][] = [
  ['studio/wall', 'components/a/b.tsx', "export const a = import('../../lib/styles/server')"], // a relative import
  ['studio/wall', 'lib/flamel/x.ts', "export * from '@/lib/styles/server'"], // a re-export
  [
    'import/no-cycle',
    'lib/platform/shared.ts',
    "import { a } from '@/lib/platform/errors'\nexport const shared = a",
  ],
  [
    'import/no-cycle',
    'lib/platform/errors.ts',
    "import { shared } from '@/lib/platform/shared'\nexport const a = shared",
  ],
  ['import/no-default-export', 'lib/styles/x.ts', 'export default 1'],
  ['eslint/no-restricted-properties', 'lib/styles/x.ts', 'export const a = process.env.HOME'],
  ['eslint/no-console', 'lib/styles/x.ts', "console.log('a')"],
  ['eslint/max-lines', 'lib/styles/x.ts', 'export {}\n'.repeat(301)],
  ['eslint/max-lines-per-function', 'lib/styles/x.ts', `export function a() {\n${'a()\n'.repeat(80)}}`],
  ['eslint/complexity', 'lib/styles/x.ts', `export const a = (x: number) => ${'x ? 1 : '.repeat(16)}2`],
  ['typescript/no-explicit-any', 'lib/styles/x.ts', 'export const a = (x: any) => x'],
  ['typescript/no-non-null-assertion', 'lib/styles/x.ts', 'export const a = (x?: string) => x!.length'],
  [
    'typescript/consistent-type-imports',
    'lib/styles/x.ts',
    "import { Tx } from '@/lib/platform/db'\nexport type A = Tx",
  ],
  [
    'typescript/no-floating-promises',
    'lib/styles/x.ts',
    'const a = async () => 1\nexport const b = () => { a() }',
  ],
  [
    'react/set-state-in-effect',
    'components/a/b.tsx',
    "import { useEffect, useState } from 'react'\nexport function A() {\n  const [a, setA] = useState(0)\n  useEffect(() => setA(1), [])\n  return <p>{a}</p>\n}",
  ],
  [
    'react-hooks/rules-of-hooks',
    'components/a/b.tsx',
    "import { useId } from 'react'\nexport const a = () => useId()",
  ],
  ['next/no-img-element', 'components/a/b.tsx', 'export const A = () => <img alt="" src="/a.png" />'],
  ['jsx-a11y/alt-text', 'components/a/b.tsx', 'export const A = () => <img src="/a.png" />'],
  ['studio/explained-assertion', 'lib/styles/x.ts', 'export const a = (x: unknown) => x as string'],
  ['studio/absolute-imports', 'lib/styles/x.ts', "import { a } from './schema'\nexport const b = a"],
  ['studio/server-only', 'lib/styles/x.ts', "import { db } from '@/lib/platform/db'\nexport const b = db"],
  ['studio/file-name', 'lib/styles/utils.ts', 'export const a = 1'],
  ['studio/file-name', 'lib/styles/StyleCard.ts', 'export const a = 1'],
  ['studio/no-colour-literal', 'components/a/b.tsx', "export const a = 'bg-[#fa0]'"],
  ['studio/no-colour-literal', 'components/a/b.tsx', 'export const a = `oklch(0.8 0.1 ${80})`'],
  [
    'eslint/no-restricted-imports',
    'e2e/x.story.ts',
    "import { test } from '@playwright/test'\ntest('a', () => {})",
  ],
]

const allowed: Case[] = [
  ['components/a/b.tsx', "import type { X } from '@/lib/styles/schema'\nexport type Y = X"],
  ['lib/styles/x.ts', 'export const a = (x: unknown) => x as string // the driver says so'],
  ['lib/styles/x.ts', "export const a = ['b'] as const"],
  ['lib/platform/env.ts', 'export const a = process.env.HOME'],
  ['app/x/page.tsx', 'export default function Page() {\n  return null\n}'],
  ['lib/styles/x.ts', "import 'server-only'\nimport { db } from '@/lib/platform/db'\nexport const b = db"],
]

const cases = [...Object.values(violations), ...refused.map(([, ...one]): Case => one), ...allowed]
/** A name of its own for each case, with all that the rules read of it. */
const nameOf = (one: Case) =>
  one[0].replace(/\b([xb])(?=[./])/, `$1-${cases.findIndex((other) => isSame(one, other))}`)
const isSame = ([file, text]: Case, [otherFile, otherText]: Case) => file === otherFile && text === otherText

let said: { code: string; message: string; filename: string }[]

/** All cases are written into a copy of the project that holds nothing else, and linted in one run. */
beforeAll(async () => {
  const folder = temporaryFolder()
  for (const name of ['.oxlintrc.json', '.gitignore', 'tsconfig.json', 'package.json', 'scripts/lint'])
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  for (const one of cases) {
    const file = path.join(folder, nameOf(one))
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, one[1], { flag: 'wx' })
  }
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const run = promisify(execFile)(process.execPath, [oxlint, '-f', 'json'], {
    cwd: folder,
    maxBuffer: 1e8,
    timeout: 50_000,
  })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  said = JSON.parse(stdout).diagnostics
}, 60_000)

/** `plugin/rule: message` a line. */
const complaints = (one: Case) =>
  said
    .filter(({ filename }) => filename === nameOf(one))
    .map(({ code, message }) => `${code.replace(/^(.+)\((.+)\)$/, '$1/$2')}: ${message}`)
    .join('\n')

test.each(WALLS)('the wall “$name” stops an import with a message that teaches', ({ name, message }) => {
  expect(complaints(violations[name] ?? ['', ''])).toContain(`studio/wall: ${message}`)
})

test.each(refused)('%s bites in %s: %s', (rule, ...one) => {
  expect(complaints(one)).toContain(`${rule}: `)
})

test.each(allowed)('what is allowed passes in %s: %s', (...one) => {
  expect(complaints(one)).toBe('')
})
