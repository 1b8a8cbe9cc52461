import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { lint, type Complaints } from '@/e2e/support/lint'
import { ROOT } from '@/scripts/setup.mjs'
import { diagram, FRONT, LAYERS, refusalOf, RULES } from './layers.mjs'

/** From a file of this path an import of that module. `type` in front: of its types alone. */
type Import = [from: string, to: string]

const forbidden: Import[] = [
  // upwards
  ['lib/text/a.ts', 'lib/platform/log'],
  ['lib/platform/a.ts', 'lib/i18n/locales'],
  ['lib/platform/a.ts', 'lib/access/actor'],
  ['lib/platform/a.ts', 'type lib/generations/schema'],
  ['lib/i18n/a.ts', 'lib/access/session'],
  ['lib/upstream/a.ts', 'lib/credits/server'],
  ['lib/upstream/flamel/a.ts', 'lib/access/actor'],
  ['lib/access/a.ts', 'lib/api-keys/server'],
  ['lib/access/a.ts', 'type lib/teams/schema'],
  ['lib/account/a.ts', 'lib/people/server'],
  ['lib/audit/a.ts', 'lib/api-keys/server'],
  ['lib/credits/a.ts', 'lib/generations/server'],
  ['lib/images/a.ts', 'lib/share-links/file-name'],
  ['lib/generations/a.ts', 'lib/teams/server'],
  ['lib/generations/pipeline/a.ts', 'lib/drop-in/server'],
  ['lib/api-keys/a.ts', 'lib/teams/server'],
  ['lib/styles/a.ts', 'components/styles/style-card'],
  ['lib/styles/a.ts', 'app/page'],
  ['lib/styles/a.ts', 'lib/boot'],
  ['lib/styles/a.ts', 'scripts/setup'],
  ['components/styles/a.tsx', 'app/page'],
  // folders without a place
  ['lib/newdomain/a.ts', 'app/page'],
  ['lib/newdomain/a.ts', 'lib/text/letters'],
  ['lib/text/a.ts', 'lib/newdomain/x'],
  ['components/styles/a.tsx', 'type lib/newdomain/x'],
  ['lib/a.ts', 'lib/generations/server'],
  ['lib/generations-old/a.ts', 'react'],
  // inside another's folder
  ['lib/drop-in/a.ts', 'lib/generations/pipeline/queue'],
  ['lib/teams/a.ts', 'lib/generations/pipeline/lease'],
  ['app/api/a/route.ts', 'lib/generations/pipeline/settle'],
  ['components/generations/a.tsx', 'lib/generations/pipeline/dispatcher'],
  ['lib/generations/pipeline/a.ts', 'lib/upstream/flamel/client'],
  ['lib/prompts/a.ts', 'lib/upstream/flamel/prompts'],
  ['lib/credits/a.ts', 'type lib/upstream/flamel/account'],
  ['lib/generations/a.ts', 'lib/upstream/flamel/contract'],
  ['lib/generations/a.ts', 'type lib/upstream/flamel/contract'],
  ['components/composer/a.tsx', 'lib/upstream/flamel/ratios'],
  ['lib/styles/a.ts', 'sandbox/store'],
  ['sandbox/a.ts', 'lib/upstream/flamel/client'],
  ['sandbox/a.ts', 'lib/upstream/server'],
  ['sandbox/a.ts', 'lib/platform/env'],
  // what works by itself
  ['lib/system/a.ts', 'lib/platform/background-loop'],
  ['lib/retention/a.ts', 'lib/platform/background-loop'],
  // the browser
  ['components/styles/a.tsx', 'lib/styles/server'],
  ['components/gallery/a.tsx', 'lib/images/purge'],
  ['components/gallery/a.tsx', 'lib/platform/db'],
  ['components/shell/a.tsx', 'lib/platform/events'],
  ['components/settings/a.tsx', 'lib/access/session'],
  ['components/settings/a.tsx', 'lib/styles/schema'],
  ['components/settings/a.tsx', 'lib/upstream/schema'],
  ['components/settings/a.tsx', 'zod'],
  ['components/settings/a.tsx', 'node:fs'],
  ['components/settings/a.tsx', 'pg'],
  ['components/settings/a.tsx', 'next-auth'],
  ['components/ui/a.tsx', 'lib/styles/client'],
  ['components/ui/a.tsx', 'components/shell/notices'],
  ['components/ui/a.tsx', 'lib/platform/api-client'],
  ['components/queue/a.tsx', 'lib/generations/queue/schema'],
  ['components/shell/a.tsx', 'lib/access/event-schema'],
  ['components/notifications/a.tsx', 'lib/mail/notice-schema'],
  ['components/settings/a.tsx', 'zod/mini'],
  ['lib/styles/client.ts', 'lib/styles/server'],
  ['lib/images/client.ts', 'lib/images/schema'],
  ['lib/generations/client.ts', 'lib/upstream/schema'],
  ['lib/styles/changes-client.ts', 'lib/styles/schema'],
  ['lib/platform/query-client.ts', 'zod'],
  ['lib/generations/queue/client.ts', 'zod'],
  ['lib/generations/queue/part-client.ts', 'node:fs'],
  ['lib/generations/other/client.ts', 'lib/styles/server'],
  ['lib/styles/schema.ts', 'node:crypto'],
  ['lib/access/event-schema.ts', 'node:crypto'],
  ['lib/mail/notice-schema.ts', 'lib/access/session'],
  ['lib/generations/queue/schema.ts', 'pg'],
  // the configuration, the rows and packages of the server in the browser
  ['components/settings/a.tsx', 'lib/platform/env'],
  ['lib/styles/a-client.ts', 'lib/platform/env'],
  ['lib/styles/a-schema.ts', 'lib/platform/env'],
  ['lib/backup/a-schema.ts', 'lib/platform/backup-settings'],
  ['components/gallery/a.tsx', 'prisma/generated/client'],
  ['lib/images/a-client.ts', 'prisma/generated/client'],
  ['lib/images/a-schema.ts', 'prisma/generated/enums'],
  ['lib/text/a.ts', 'prisma/generated/client'],
  ['lib/text/a.ts', 'node:fs'],
  ['components/settings/a.tsx', 'sharp'],
  ['components/settings/a.tsx', 'type sharp'],
  ['components/settings/a.tsx', 'nodemailer'],
  ['components/settings/a.tsx', '@node-rs/argon2'],
  ['components/settings/a.tsx', 'next/headers'],
  ['components/settings/a.tsx', 'next-auth/jwt'],
  ['components/settings/a.tsx', 'react-dom/server'],
  ['lib/styles/a-client.ts', 'nodemailer'],
  ['lib/styles/a-client.ts', 'next/headers'],
  ['lib/styles/a-schema.ts', '@node-rs/argon2'],
  // routes
  ['app/a/page.tsx', 'sharp'],
  ['app/a/page.tsx', 'pg-copy-streams'],
  ['app/a/page.tsx', 'nodemailer'],
  ['app/api/a/route.ts', 'lib/platform/db'],
  ['app/api/a/route.ts', 'lib/platform/storage'],
  ['app/api/a/route.ts', 'components/ui/button'],
  ['app/api/a/route.ts', 'pg'],
  ['app/a/page.tsx', 'lib/platform/db'],
  ['app/a/page.tsx', 'prisma/generated/client'],
  ['app/a/page.tsx', 'node:fs'],
  ['app/a/page.tsx', 'lib/platform/sql-transaction'],
  ['app/a/page.tsx', 'lib/platform/prepared'],
  ['app/a/page.tsx', 'lib/platform/env'],
  ['app/a/page.tsx', 'lib/platform/a-door-of-tomorrow'],
  ['app/api/a/route.ts', 'lib/platform/blob-store'],
  ['app/api/a/route.ts', 'lib/platform/blob-cache'],
  ['app/api/a/route.ts', 'lib/platform/file-store'],
  ['app/api/a/route.ts', 'lib/platform/durable-files'],
  ['app/api/a/route.ts', 'lib/platform/s3-client'],
  ['app/api/a/route.ts', 'lib/platform/s3-store'],
  ['app/api/a/route.ts', 'node:fs'],
  ['app/api/a/route.ts', 'type node:fs'],
  // the sandbox's own packages
  ['sandbox/a.ts', 'pg'],
  ['sandbox/a.ts', 'next/server'],
  ['sandbox/a.ts', 'type react'],
  ['sandbox/a.ts', 'messages/en/mail.json'],
  ['sandbox/a.ts', 'prisma/generated/client'],
  // tests
  ['lib/styles/a.ts', 'lib/styles/style-name.test'],
  ['lib/styles/a.ts', 'type lib/styles/styles.db.test'],
  ['components/styles/a.tsx', 'lib/text/search.test'],
  ['sandbox/a.ts', 'sandbox/store.test'],
  ['sandbox/a.ts', 'node:test'],
  ['lib/styles/a.ts', 'node:test'],
  ['lib/styles/a.ts', 'vitest/node'],
  ['lib/styles/a.ts', 'vitest'],
  ['lib/styles/a.ts', 'e2e/support/keys'],
  ['app/a/page.tsx', 'e2e/support/keys'],
]

const permitted: Import[] = [
  ['lib/platform/a.ts', 'lib/text/letters'],
  ['lib/platform/a.ts', 'lib/platform/db'],
  ['lib/i18n/a.ts', 'lib/platform/env'],
  ['lib/upstream/a.ts', 'lib/platform/db'],
  ['lib/upstream/a.ts', 'lib/upstream/flamel/client'],
  ['lib/upstream/flamel/a.ts', 'lib/text/letters'],
  ['sandbox/a.ts', 'lib/upstream/schema'],
  ['sandbox/a.ts', 'lib/upstream/ratios'],
  ['sandbox/a.ts', 'sandbox/painter/scene'],
  ['sandbox/a.ts', 'sharp'],
  ['sandbox/a.ts', 'zod'],
  ['sandbox/a.ts', 'node:http'],
  ['lib/access/a.ts', 'lib/i18n/locales'],
  ['lib/account/a.ts', 'lib/access/session'],
  ['lib/audit/a.ts', 'lib/access/actor'],
  ['lib/credits/a.ts', 'lib/upstream/server'],
  ['lib/styles/a.ts', 'sandbox/styles'],
  ['lib/generations/a.ts', 'lib/images/schema'],
  ['lib/generations/a.ts', 'lib/generations/pipeline/queue'],
  ['lib/generations/pipeline/a.ts', 'lib/upstream/flamel/refusals'],
  ['lib/generations/pipeline/a.ts', 'lib/credits/server'],
  ['lib/drop-in/a.ts', 'lib/generations/create'],
  ['lib/drop-in/a.ts', 'lib/upstream/flamel/refusals'],
  ['lib/drop-in/a.ts', 'lib/upstream/flamel/clean'],
  ['lib/drafts/a.ts', 'type lib/upstream/flamel/refusals'],
  ['lib/generations/a.ts', 'lib/upstream/schema'],
  ['lib/share-links/a.ts', 'lib/images/file-name'],
  ['lib/members/a.ts', 'type lib/invitations/schema'],
  ['lib/teams/a.ts', 'lib/generations/cancel'],
  ['lib/retention/a.ts', 'lib/references/server'],
  ['lib/images/schema.ts', 'zod'],
  ['lib/members/client.ts', 'type lib/members/schema'],
  ['lib/generations/deep/client.ts', 'type lib/generations/queue/schema'],
  ['lib/generations/deep/schema.ts', 'zod'],
  ['lib/upstream/flamel/client.ts', 'zod'],
  ['lib/platform/s3-client.ts', 'node:http'],
  ['lib/boot.ts', 'lib/generations/pipeline/dispatcher'],
  ['lib/retention/a.ts', 'type lib/platform/background-loop'],
  ['lib/system/background.ts', 'lib/platform/background-loop'],
  ['components/ui/a.tsx', 'lib/text/limit'],
  ['components/styles/a.tsx', 'lib/styles/client'],
  ['components/styles/a.tsx', 'type lib/styles/schema'],
  ['components/styles/a.tsx', 'type lib/styles/server'],
  ['components/styles/a.tsx', 'type prisma/generated/client'],
  ['components/styles/a.tsx', 'react'],
  ['components/styles/a.tsx', 'use-intl/react'],
  ['components/styles/a.tsx', 'next/navigation'],
  ['lib/styles/a-client.ts', '@tanstack/react-query'],
  ['lib/styles/a-client.ts', 'type prisma/generated/client'],
  ['components/styles/a.tsx', 'lib/access/roles'],
  ['components/gallery/a.tsx', 'lib/upstream/ratios'],
  ['components/generations/a.tsx', 'lib/upstream/flamel/refusals'],
  ['components/generations/a.tsx', 'lib/upstream/error-codes'],
  ['components/settings/a.tsx', 'lib/i18n/translations'],
  ['components/gallery/a.tsx', 'components/images/image-menus'],
  ['app/api/a/route.ts', 'lib/access/http'],
  ['app/api/a/route.ts', 'lib/styles/server'],
  ['app/api/a/route.ts', 'lib/platform/request-body'],
  ['app/api/a/route.ts', 'next/headers'],
  ['app/a/page.tsx', 'next/headers'],
  ['app/a/page.tsx', 'lucide-react'],
  ['app/a/page.tsx', 'lib/styles/server'],
  ['app/a/page.tsx', 'lib/platform/query-client'],
  ['app/a/page.tsx', 'lib/platform/page-sizes'],
  ['app/a/page.tsx', 'type lib/platform/db'],
  ['app/a/page.tsx', 'components/styles/style-card'],
]

/** Modules of the server that stand where the imports lead to. */
const SERVER_MODULES = [
  ...[
    'lib/styles/server',
    'lib/images/purge',
    'lib/access/session',
    'lib/platform/db',
    'lib/platform/events',
  ],
  ...['lib/i18n/translations', 'lib/generations/pipeline/dispatcher'],
]

const imports = [...forbidden, ...permitted]

/** A file of its own for each, with the import and a use of it. */
function fileOf([from, to]: Import): [name: string, text: string] {
  const index = imports.findIndex((one) => one[0] === from && one[1] === to)
  const isType = to.startsWith('type ')
  const target = to.replace('type ', '')
  const isOurs = /^(app|components|e2e|lib|messages|prisma|sandbox|scripts)\//.test(target)
  const marker =
    /^lib\/(?!text\/)/.test(from) && !FRONT.test(from.replace(/\.ts$/, '')) ? "import 'server-only'\n" : ''
  const line = `import ${isType ? 'type ' : ''}{ A } from '${isOurs ? '@/' : ''}${target}'`
  return [
    from.replace(/(^|\/)a(?=[-./])/, `$1a-${index}`),
    `${marker}${line}\nexport ${isType ? 'type B = A' : 'const b = A'}`,
  ]
}

let complaintsOf: Complaints

beforeAll(async () => {
  const modules = SERVER_MODULES.map((one): [string, string] => [
    `${one}.ts`,
    "import 'server-only'\nexport const A = 1",
  ])
  complaintsOf = await lint([...imports.map(fileOf), ...modules])
}, 60_000)

test.each(forbidden)('%s does not import %s', (...one) => {
  expect(complaintsOf(fileOf(one)[0])).toContain('studio/layers: ')
})

test.each(permitted)('%s may import %s', (...one) => {
  expect(complaintsOf(fileOf(one)[0])).toBe('')
})

const forms: [form: string, from: string, text: string][] = [
  [
    'a relative import',
    'components/x/a.tsx',
    "import { b } from '../../lib/styles/server'\nexport const a = b",
  ],
  ['a lazy import', 'components/x/b.tsx', "export const a = import('../../lib/styles/server')"],
  ['a lazy import in backticks', 'components/x/c.tsx', 'export const a = import(`@/lib/styles/server`)'],
  ['a path with dots', 'lib/audit/g.ts', "export { b } from '@/lib/audit/../teams/server'"],
  ['a re-export of all', 'lib/upstream/flamel/a.ts', "export * from '@/lib/styles/server'"],
  ['a re-export', 'lib/audit/a.ts', "export { b } from '@/lib/teams/server'"],
  ['a re-exported type', 'lib/audit/b.ts', "export type { B } from '@/lib/teams/schema'"],
  ['a type in place', 'lib/audit/c.ts', "export type A = import('@/lib/teams/schema').B"],
  ['the type of a module', 'lib/audit/d.ts', "export type A = typeof import('@/lib/teams/schema')"],
  ['a required module', 'lib/audit/e.ts', "export const a = require('@/lib/teams/server')"],
  ['an assigned module', 'lib/audit/f.ts', "import a = require('@/lib/teams/server')\nexport const b = a"],
]

test('every form of an import meets the same rules', async () => {
  const said = await lint([
    ...forms.map(([, file, text]): [string, string] => [file, text]),
    ['lib/styles/server.ts', "import 'server-only'\nexport const b = 1"],
  ])
  const unseen = forms.filter(([, file]) => !said(file).includes('studio/layers: '))
  expect(unseen.map(([form]) => form)).toEqual([])
})

test('every rule is broken by an import of the table', () => {
  const met = (rule: (typeof RULES)[number]) =>
    forbidden.some(
      ([from, to]) => rule.from.test(from.replace(/\.tsx?$/, '')) && rule.to.test(to.replace('type ', '')),
    )
  expect(RULES.filter((rule) => !met(rule)).map(({ name }) => name)).toEqual([])
})

/** Whole folders further down that a rule closes all the same, to types as well or to values alone. */
const closed: [from: RegExp, to: RegExp, what: 'values' | 'all'][] = [
  [/^sandbox$/, /^lib\//, 'all'],
  [/^(lib\/.+|components|app)$/, /^sandbox$/, 'all'],
  [/^(components|app)$/, /^lib\/platform$/, 'values'],
]

test('of every two folders the lower is imported by the upper one, and never the other way', () => {
  const folders = LAYERS.flatMap(({ folders: ofLayer }) => ofLayer)
  const pairs = folders.flatMap((from, height) =>
    folders.flatMap((to, other) =>
      [true, false].map((isType) => ({ from, to, isType, isUpward: other > height })),
    ),
  )
  const isClosed = ({ from, to, isType, isUpward }: (typeof pairs)[number]) =>
    isUpward || closed.some((one) => one[0].test(from) && one[1].test(to) && !(isType && one[2] === 'values'))
  const isRefused = ({ from, to, isType }: (typeof pairs)[number]) =>
    refusalOf(`${from}/a`, `${to}/b`, isType) !== undefined
  expect(pairs.filter((pair) => isRefused(pair) !== isClosed(pair))).toEqual([])
})

test('every folder and every file of lib has its place in the list', () => {
  const entries = fs.readdirSync(path.join(ROOT, 'lib')).map((name) => `lib/${name.replace(/\.ts$/, '')}`)
  const listed = LAYERS.flatMap(({ folders }) => folders).filter((folder) => folder.startsWith('lib/'))
  expect(entries.sort()).toEqual(listed.sort())
})

test('docs/ARCHITECTURE.md shows the layers as they are', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8')).toContain(diagram())
})
