// @ts-check
// `npm run -s image -- FOLDER`, after `npm run build`: what a running studio reads of this checkout, and nothing else.
// Beside Node it is the whole content of the container image.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { nodeFileTrace } from '@vercel/nft'
import ts from 'typescript'
import { ROOT } from './setup.mjs'

const require = createRequire(import.meta.url)

/** What Node starts, and what of it is named at run time alone. */
const PROGRAMS = ['start', 'launch', 'serve', 'studio', 'livez', 'exit-with-parent'].map(
  (name) => `scripts/${name}.mjs`,
)
/** The same for what runs through tsx, under the condition that keeps a browser's code out. */
const SOURCES = [
  'scripts/studio.ts',
  'scripts/sandbox.ts',
  'sandbox/paint-worker.ts',
  'lib/platform/env.ts',
  ...['tsx', 'tsx/cjs/api', 'tsx/esm/api'].map((name) => path.relative(ROOT, require.resolve(name))),
]
/** What is read by its place rather than by an import. */
const READ_BY_PLACE = [
  ...['.next', 'lib', 'messages', 'prisma', 'public', 'sandbox', 'scripts'],
  ...['next.config.mjs', 'package.json', 'tsconfig.json'],
  'node_modules/tsx',
]

/** What code names and an image never reaches: what installs packages, generates and builds, and what Next has for development. */
const NEVER_READ = [
  /^package-lock\.json$/,
  /^scripts\/(bench|lint)\//,
  /\.test\.tsx?$/,
  /^node_modules\/(prisma|next\/dist\/bin)\//,
  /\.d\.[cm]?ts$/,
  /\.map$/,
  /(^|\/)next\/dist\/docs\//,
  /(^|\/)next\/dist\/compiled\/next-server\/[^/]*(\.dev\.js|-experimental\.)/,
]
/** What the build leaves for the next build, and for tools. */
const LEFT_BY_BUILD =
  /^\.next\/(build|cache|diagnostics|trace|trace-build|turbopack|types)(\/|$)|\.nft\.json$/

/** @param {string} file */
const isRead = (file) => !NEVER_READ.some((pattern) => pattern.test(file)) && !LEFT_BY_BUILD.test(file)

/**
 * Every file that the entries import, and that those import: of this checkout and of its packages.
 * @param {string[]} entries
 * @param {string[]} conditions
 */
async function importedBy(entries, conditions) {
  const { fileList } = await nodeFileTrace(entries, {
    base: ROOT,
    processCwd: ROOT,
    mixedModules: true, // a module of ours may say `import.meta`, and is one that requires all the same
    conditions: ['node', ...conditions],
    paths: { '@/': `${ROOT}/` },
    ignore: (file) => !isRead(file),
    readFile: async (file) => asJavaScript(file),
  })
  return [...fileList]
}

/** @param {string} file */
function asJavaScript(file) {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return null
  const text = fs.readFileSync(file)
  if (!/\.tsx?$/.test(file)) return text
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } // as tsx makes of it
  return ts.transpileModule(text.toString(), { compilerOptions }).outputText
}

/** What Next noted of packages that it did not put into its build, and of its own server. */
function packagesOfBuild() {
  const notes = filesIn('.next').filter((file) => file.endsWith('.nft.json'))
  const noted = notes.flatMap((note) => {
    /** @type {{ files: string[] }} */
    const { files } = JSON.parse(fs.readFileSync(path.join(ROOT, note), 'utf8'))
    return files.map((file) => path.posix.join(path.posix.dirname(note), file))
  })
  return [...new Set(noted)].filter((file) => file.startsWith('node_modules/'))
}

/** What Next insists on finding when it reads its configuration, and loads for a build alone. */
function soughtByNext() {
  const text = fs.readFileSync(require.resolve('next/dist/server/config-utils'), 'utf8')
  const names = [...text.matchAll(/'(next\/dist\/[^']+)'/g)].map(([, name = '']) => name)
  return names.map((name) => path.relative(ROOT, require.resolve(name)))
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  if (!fs.lstatSync(path.join(ROOT, place)).isDirectory()) return [place]
  return fs.readdirSync(path.join(ROOT, place)).flatMap((name) => filesIn(`${place}/${name}`))
}

/**
 * For whoever reads it there: a checkout may be its owner's alone.
 * @param {string} file
 * @param {string} folder
 */
function copy(file, folder) {
  const [from, to] = [path.join(ROOT, file), path.join(folder, file)]
  const stat = fs.lstatSync(from)
  if (stat.isDirectory()) return
  fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  if (stat.isSymbolicLink()) return fs.symlinkSync(fs.readlinkSync(from), to)
  fs.copyFileSync(from, to)
  fs.chmodSync(to, stat.mode & 0o100 ? 0o755 : 0o644)
}

const [folder] = process.argv.slice(2)
if (!folder || fs.existsSync(folder)) {
  console.error('Usage: npm run -s image -- FOLDER, which is not there yet')
  process.exit(1)
}
const files = new Set([
  ...(await importedBy(PROGRAMS, [])),
  ...(await importedBy(SOURCES, ['react-server'])),
  ...packagesOfBuild(),
  ...soughtByNext(),
  ...READ_BY_PLACE.flatMap(filesIn),
])
for (const file of [...files].filter(isRead)) copy(file, folder)
