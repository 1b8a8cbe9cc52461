// @ts-check

/**
 * The layers from the ground up. A file imports from its own folder and from folders that stand further down, types
 * included: no two folders can know each other. docs/ARCHITECTURE.md shows this list, lint keeps it (`studio/layers`).
 * @type {{ name: string, folders: string[] }[]}
 */
export const LAYERS = [
  { name: 'text', folders: ['lib/text'] },
  { name: 'platform', folders: ['lib/platform', 'lib/i18n'] },
  { name: 'upstream', folders: ['lib/upstream', 'sandbox'] },
  { name: 'access', folders: ['lib/access', 'lib/audit', 'lib/mail', 'lib/account'] },
  {
    name: 'domains',
    folders: [
      ...[
        'lib/notifications',
        'lib/ledger',
        'lib/budgets',
        'lib/credits',
        'lib/images',
        'lib/references',
        'lib/styles',
        'lib/prompts',
      ],
      ...[
        'lib/generations',
        'lib/drafts',
        'lib/campaign-sets',
        'lib/share-links',
        'lib/api-keys',
        'lib/usage',
        'lib/invitations',
        'lib/members',
      ],
      ...[
        'lib/single-sign-on',
        'lib/teams',
        'lib/second-factor',
        'lib/people',
        'lib/drop-in',
        'lib/setup',
        'lib/backup',
        'lib/system',
        'lib/connection',
        'lib/retention',
      ],
    ],
  },
  { name: 'components', folders: ['components'] },
  { name: 'app', folders: ['app'] },
  { name: 'processes', folders: ['lib/boot', 'instrumentation', 'proxy', 'scripts', 'e2e'] },
]

const FOLDERS = LAYERS.flatMap(({ folders }) => folders)

/** A domain's `client.ts` at any depth, or a part of one; upstream's and the object store's are clients on the server. */
const CLIENT = String.raw`lib\/(?!upstream\/|platform\/s3-client$)(?:[^/]+\/)+(?:[^/]+-)?client$`
const SCHEMA = String.raw`lib\/(?:[^/]+\/)+(?:[^/]+-)?schema$`

/** What runs in the browser, or is read by it. */
export const FRONT = new RegExp(`^components\\/|^(?:${CLIENT}|${SCHEMA})`)

/** What is ours and no package. What Prisma generates is not here: it is the server's, as packages are. */
const OURS = String.raw`(?:app|components|lib|sandbox|scripts|e2e|messages)\/`

/** The packages that a browser runs, and zod, which has a rule of its own: all others are the server's. */
const BROWSER_PACKAGES = [
  '@base-ui/react/.+',
  '@simplewebauthn/browser',
  '@tanstack/react-query',
  'clsx',
  'csv-parse/browser/.+',
  'lucide-react',
  'next/(?:link|navigation)',
  'react',
  'react-dom',
  'thumbhash',
  'uqr',
  'use-intl(?:/.+)?',
  'zod(?:/.+)?',
]

const SERVER_PACKAGE = `(?!${OURS}|(?:${BROWSER_PACKAGES.join('|')})$)`
export const SERVER_PACKAGES = new RegExp(`^${SERVER_PACKAGE}`)

/** What is the server's without `import 'server-only'`: what `npm start` reads before anything is built. */
export const SERVER_WITHOUT_MARK = /^lib\/platform\/(env|backup-settings)$/

/** What is the database, the files and the process: all of lib/platform but what is named here. */
const SERVER_PLATFORM = String.raw`lib\/platform\/(?!(?:api-client|build|durations|page-sizes|query-(?:client|keys)|request-body)$)`

/**
 * What no folder's place says. `from` and `to` are matched against paths from the root without an extension, such as
 * `lib/styles/server` or, for packages, their name. A rule with `typesPass` lets `import type` through.
 * @typedef {{ name: string, from: RegExp, to: RegExp, typesPass?: boolean, message: string }} Rule
 * @type {Rule[]}
 */
export const RULES = [
  {
    name: 'text knows text alone',
    from: /^lib\/text\//,
    to: /^(?!lib\/)/,
    message: 'lib/text is read everywhere, in the browser too: what it needs is passed in.',
  },
  {
    name: 'the browser runs packages of its own',
    from: FRONT,
    to: new RegExp(`^(?!prisma\\/)${SERVER_PACKAGE}`),
    message:
      'Components, client.ts and schema.ts are read by the browser: rows, files and secrets stay in server.ts. A package that browsers run is listed in scripts/lint/layers.mjs.',
  },
  {
    name: 'pages and routes do not reach the database',
    from: /^(app|components)\//,
    to: new RegExp(
      String.raw`^(?:${SERVER_PLATFORM}|(?!next(?:\/|$)|pretendard\/|server-only$)${SERVER_PACKAGE})`,
    ),
    typesPass: true,
    message: 'Pages and routes ask a domain: put the query into lib/<domain>/server.ts and call that.',
  },
  {
    name: 'routes are thin',
    from: /^app\/.*\/route$/,
    to: /^(?!lib\/|server-only$|next\/|zod$)/,
    message: 'A route is a URL, a schema and one call: import lib/access/http and the domain only.',
  },
  {
    name: 'nothing but a process starts the pipeline',
    from: /^(?!lib\/generations\/|lib\/boot$|scripts\/|e2e\/)/,
    to: /^lib\/generations\/pipeline\//,
    message: 'The pipeline is the inside of lib/generations: ask its server.ts.',
  },
  {
    name: 'what works by itself is in background.ts',
    from: /^(?!(?:.*\/)?background$)/,
    to: /^lib\/platform\/background-loop$/,
    typesPass: true,
    message: 'Start the loop in lib/<domain>/background.ts: lib/boot.ts starts what stands there.',
  },
  {
    name: 'one image service among others',
    from: /^(?!lib\/upstream\/|lib\/drop-in\/)/,
    to: /^lib\/upstream\/flamel\/(?!refusals$)/,
    message:
      'Ask lib/upstream/server for the image service: how Flamel is spoken to stays inside lib/upstream.',
  },
  {
    name: 'the sandbox stands alone',
    from: /^sandbox\//,
    to: /^(?!sandbox\/|lib\/upstream\/(limits|ratios|schema)$|(@napi-rs\/canvas|sharp|zod)$|node:)/,
    message:
      'The sandbox is a program of its own: it draws with canvas and sharp, and of lib it may know what may be asked of an image service (lib/upstream/schema) only.',
  },
  {
    name: 'what the sandbox tells of itself',
    from: /^(lib|components|app)\//,
    to: /^sandbox\/(?!(directives|styles|painter\/scene)$)/,
    message:
      'The sandbox is asked over HTTP, as Flamel is: only its directives, its styles and the words it knows are read from here.',
  },
  {
    name: 'zod stays on the server',
    from: new RegExp(`^components\\/|^${CLIENT}`),
    to: new RegExp(`^zod(?:\\/|$)|^${SCHEMA}`),
    typesPass: true,
    message:
      'zod weighs 30 KB in the browser: `import type` from the schema, and check forms with pure rules.',
  },
  {
    name: 'the kit knows no domain',
    from: /^components\/ui\//,
    to: /^(lib\/(?!text\/)|components\/(?!ui\/))/,
    message: 'components/ui knows no domain and no data: pass words and values in as props.',
  },
  {
    name: 'tests stay out of the product',
    from: /^(app|components|lib|sandbox)\//,
    to: /^e2e\/|\.(test|spec)$|^node:test|^vitest(\/|$)|^@playwright\//,
    message: 'Only tests import tests and the test kit.',
  },
]

/** The modules that server components may ask although they run on the server: who reads, and in which language. */
export const SERVER_COMPONENT_MODULES = /^lib\/(access\/page|i18n\/translations)$/

/**
 * Why `from` may not import `to`, or undefined when it may. Both are paths from the root without an extension.
 * @param {string} from
 * @param {string} to
 * @param {boolean} isType
 * @returns {string | undefined}
 */
export function refusalOf(from, to, isType) {
  const rule = RULES.find((one) => one.from.test(from) && one.to.test(to) && !(isType && one.typesPass))
  if (rule) return rule.message
  const unlisted = [from, to].find((file) => file.startsWith('lib/') && folderOf(file) === undefined)
  if (unlisted) return `${unlisted} has no place in the layers: list its folder in scripts/lint/layers.mjs.`
  const [here, there] = [folderOf(from), folderOf(to)]
  if (here === undefined || there === undefined || FOLDERS.indexOf(there) <= FOLDERS.indexOf(here))
    return undefined
  return `${there} stands above ${here} (scripts/lint/layers.mjs): turn it around and pass in what is needed.`
}

/** @param {string} file */
const folderOf = (file) => FOLDERS.find((folder) => file === folder || file.startsWith(`${folder}/`))

/** The layers as docs/ARCHITECTURE.md shows them, from the top down. */
export const diagram = () =>
  [...LAYERS]
    .reverse()
    .map(({ name, folders }) => `${name.padEnd(11)} ${[...folders].reverse().join(' · ')}`)
    .join('\n')
