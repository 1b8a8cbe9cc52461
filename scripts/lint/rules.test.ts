import { beforeAll, expect, test } from 'vitest'
import { lint, type Complaints } from '@/e2e/support/lint'

type Case = [file: string, text: string]

const refused: [rule: string, file: string, text: string][] = [
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
  ['studio/absolute-imports', 'lib/styles/x.ts', "export { a } from './schema'"],
  ['studio/absolute-imports', 'lib/styles/x.ts', 'export const a = () => import(`./schema`)'],
  ['studio/server-only', 'lib/styles/x.ts', "import { Pool } from 'pg'\nexport const b = Pool"],
  ['studio/server-only', 'lib/images/x.ts', "import { env } from '@/lib/platform/env'\nexport const b = env"],
  [
    'studio/server-only',
    'lib/text/x.ts',
    "import { Role } from '@/prisma/generated/client'\nexport const b = Role",
  ],
  ['studio/server-only', 'lib/styles/x.ts', "import { hash } from '@node-rs/argon2'\nexport const b = hash"],
  [
    'studio/server-only',
    'lib/styles/x.ts',
    "import { headers } from 'next/headers'\nexport const b = headers",
  ],
  ['studio/server-only', 'lib/styles/x.ts', "export { Pool } from 'pg'"],
  ['studio/server-only', 'lib/styles/x.ts', "export * from '@/lib/platform/marked'"],
  ['studio/server-only', 'lib/styles/x.ts', "export const b = () => import('sharp')"],
  ['studio/server-only', 'lib/styles/x.ts', 'export const b = () => import(`@/lib/platform/marked`)'],
  [
    'studio/server-only',
    'lib/styles/x.ts',
    "export { b } from '@/lib/platform/marked'\nexport const a = import('server-only')",
  ],
  [
    'studio/presenter',
    'lib/styles/x.ts',
    "import type { Style } from '@/lib/styles/schema'\nexport function toStyle(row: Style): Style {\n  return row\n}",
  ],
  [
    'studio/presenter',
    'lib/generations/queue/x.ts',
    "import type { QueueItem } from '@/lib/generations/queue/schema'\nexport const toItem = (row: QueueItem): QueueItem | null => row",
  ],
  ['studio/file-name', 'lib/styles/utils.ts', 'export const a = 1'],
  ['studio/file-name', 'lib/styles/StyleCard.ts', 'export const a = 1'],
  ['studio/no-colour-literal', 'components/a/b.tsx', "export const a = 'bg-[#fa0]'"],
  ['studio/no-colour-literal', 'components/a/b.tsx', 'export const a = `oklch(0.8 0.1 ${80})`'],
  [
    'eslint/no-restricted-imports',
    'components/a/b.tsx',
    "import { api } from '@/lib/platform/api-client'\nexport const a = api",
  ],
  [
    'eslint/no-restricted-imports',
    'lib/styles/x.ts',
    "import { api } from '@/lib/platform/api-client'\nexport const a = api",
  ],
  [
    'eslint/no-restricted-imports',
    'e2e/x.spec.ts',
    "import { test } from '@playwright/test'\ntest('a', () => {})",
  ],
]

const allowed: Case[] = [
  [
    'lib/generations/queue/client.ts',
    "import { api } from '@/lib/platform/api-client'\nexport const a = api",
  ],
  ['lib/styles/x-client.ts', "import { api } from '@/lib/platform/api-client'\nexport const a = api"],
  ['lib/styles/x.ts', "import { ApiError } from '@/lib/platform/api-client'\nexport const a = ApiError"],
  ['components/a/b.tsx', "import type { X } from '@/lib/styles/schema'\nexport type Y = X"],
  ['lib/styles/x.ts', 'export const a = (x: unknown) => x as string // the driver says so'],
  [
    'lib/styles/present.ts',
    "import type { Style } from '@/lib/styles/schema'\nexport const toStyle = (row: Style): Style => row",
  ],
  [
    'lib/styles/x.ts',
    "import type { Style } from '@/lib/styles/schema'\nexport const styleOf = (row: Style): Style => row",
  ],
  [
    'lib/drafts/x.ts',
    "import type { Style } from '@/lib/styles/schema'\nexport const toStyle = (row: Style): Style => row",
  ],
  ['lib/styles/x.ts', "export const a = ['b'] as const"],
  ['lib/platform/env.ts', "import { isIP } from 'node:net'\nexport const a = isIP(process.env.HOME ?? '')"],
  ['lib/platform/backup-settings.ts', "import path from 'node:path'\nexport const a = path.sep"],
  ['app/x/page.tsx', 'export default function Page() {\n  return null\n}'],
  ['lib/styles/x.ts', "import type { Role } from '@/prisma/generated/client'\nexport type B = Role"],
  ['lib/styles/x.ts', "import { z } from 'zod'\nexport const b = z"],
  ['lib/styles/x.ts', "export type { Pool } from 'pg'\nexport type B = import('pg').Client"],
  ['lib/styles/x.ts', "import 'server-only'\nexport { b } from '@/lib/platform/marked'"],
  ['lib/styles/x.ts', "import 'server-only'\nimport { db } from '@/lib/platform/db'\nexport const b = db"],
]

const cases = [...refused.map(([, ...one]): Case => one), ...allowed]
/** A name of its own for each case, with all that the rules read of it. */
const nameOf = (one: Case) =>
  one[0].replace(/\b([xb])(?=[./])/, `$1-${cases.findIndex((other) => isSame(one, other))}`)
const isSame = ([file, text]: Case, [otherFile, otherText]: Case) => file === otherFile && text === otherText

let complaintsOf: Complaints

beforeAll(async () => {
  complaintsOf = await lint([
    ...cases.map((one): Case => [nameOf(one), one[1]]),
    ['lib/platform/marked.ts', "import 'server-only'\nexport const b = 1"],
  ])
}, 60_000)

test.each(refused)('%s bites in %s: %s', (rule, ...one) => {
  expect(complaintsOf(nameOf(one))).toContain(`${rule}: `)
})

test.each(allowed)('what is allowed passes in %s: %s', (...one) => {
  expect(complaintsOf(nameOf(one))).toBe('')
})
