// @ts-check
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { writeCrashPage } from './crash-page.mjs'
import { compressStatic } from './static-files.mjs'
import { Refusal, run, step } from './steps.mjs'

export const ROOT = path.resolve(import.meta.dirname, '..')

/**
 * Everything a checkout needs before it can run: packages, generated code. Quick when nothing changed. An image has no list
 * of packages: it has what it needs, and cannot add to it.
 */
export async function prepareCheckout() {
  if (!fs.existsSync(path.join(ROOT, 'package-lock.json'))) return
  await step(installPackages)
  await step(generateClient)
}

/** @param {(words: string) => void} say */
async function installPackages(say) {
  if (packagesAreCurrent()) return
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  console.log('  installing packages (about a minute) …')
  const { code, output } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { cwd: ROOT })
    : await run('npm', args, { cwd: ROOT })
  if (code !== 0) throw new Refusal(installSentence(output))
  say('packages installed')
}

/** @param {string} output */
function installSentence(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(output))
    return 'The packages could not be installed because the npm registry cannot be reached: connect to the internet once, or point npm at your mirror.'
  if (/EACCES|EROFS|EPERM/.test(output))
    return `The packages could not be installed because ${ROOT} cannot be written by this user.`
  return `The packages could not be installed: ${output.trim().split('\n').slice(-3).join(' ')}`
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes its own list last, so a broken install has none.
 * @returns {boolean}
 */
function packagesAreCurrent() {
  const installed = readJson(path.join(ROOT, 'node_modules', '.package-lock.json'))?.packages
  const locked = readJson(path.join(ROOT, 'package-lock.json'))?.packages
  if (!installed || !locked) return false
  return Object.entries(locked).every(([name, wanted]) => {
    if (name === '' || wanted.link) return true
    const found = installed[name]
    return found
      ? found.version === wanted.version
      : Boolean(wanted.optional || wanted.devOptional || wanted.peer)
  })
}

/** @param {(words: string) => void} say */
export async function generateClient(say) {
  const stamp = path.join(ROOT, 'prisma', 'generated', '.sources')
  const sources = hashOf(['prisma/schema', 'prisma.config.ts', 'package-lock.json'])
  if (readText(stamp) === sources) return
  // the generator needs no engine, yet the command insists on downloading one unless it is shown a file
  const { code, output } = await run(
    process.execPath,
    [path.join(ROOT, 'node_modules/prisma/build/index.js'), 'generate'],
    { cwd: ROOT, env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' } },
  )
  if (code !== 0) throw new Refusal(`The database client could not be generated:\n${output}`)
  fs.writeFileSync(stamp, sources)
  say('database client generated')
}

const BUILT_FROM = [
  'app',
  'components',
  'lib',
  'sandbox',
  'messages',
  'public',
  'prisma/schema',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.mjs',
  'scripts/messages-loader.mjs',
  'scripts/static-files.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'scripts/crash-page.mjs',
]

/**
 * Builds when a source changed since the last build: into a folder beside it, so that a failed build leaves the old one.
 * @param {(words: string) => void} say
 * @param {{ isServed?: boolean }} [options] a server that runs from the old build would lose its files
 */
export async function buildWhenStale(say, { isServed = false } = {}) {
  const [current, making, old] = ['.next', '.next-building', '.next-old'].map((name) => path.join(ROOT, name))
  if (!current || !making || !old) return
  const sources = hashOf(BUILT_FROM)
  if (readText(path.join(current, 'studio-sources')) === sources) return
  if (isServed)
    throw new Refusal('A studio runs from an older build of this folder: stop it first, then build again.')
  fs.rmSync(making, { recursive: true, force: true })
  console.log('  building …')
  const { code, output } = await run(
    process.execPath,
    [path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build'],
    {
      cwd: ROOT,
      env: {
        ...{ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        ...{ STUDIO_DIST_DIR: '.next-building', STUDIO_BUILD: sources.slice(0, 12) },
      },
    },
  )
  if (code !== 0) {
    fs.rmSync(making, { recursive: true, force: true })
    throw new Refusal(`The build failed:\n${output.trim().split('\n').slice(-40).join('\n')}`)
  }
  writeCrashPage(making)
  await compressStatic(making)
  fs.writeFileSync(path.join(making, 'studio-sources'), sources)
  fs.rmSync(old, { recursive: true, force: true })
  if (fs.existsSync(current)) fs.renameSync(current, old)
  fs.renameSync(making, current)
  fs.rmSync(old, { recursive: true, force: true })
  say('built')
}

/**
 * One hash over the names and contents of files and folders; tests do not count.
 * @param {string[]} sources
 */
export function hashOf(sources) {
  const hash = crypto.createHash('sha256')
  for (const source of sources) {
    for (const file of filesIn(source))
      hash
        .update(`${file}\0`)
        .update(fs.readFileSync(path.join(ROOT, file)))
        .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} source
 * @returns {string[]}
 */
function filesIn(source) {
  const stat = fs.statSync(path.join(ROOT, source), { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return /\.test\.tsx?$/.test(source) ? [] : [source]
  return fs
    .readdirSync(path.join(ROOT, source))
    .sort()
    .flatMap((name) => filesIn(`${source}/${name}`))
}

/** @param {string} file */
function readText(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null
}

/** @param {string} file */
function readJson(file) {
  const text = readText(file)
  return text === null ? null : JSON.parse(text)
}
