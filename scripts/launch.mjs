// @ts-check
import { spawn } from 'node:child_process'
import path from 'node:path'
import {
  isAlive,
  keptSecret,
  openDataDirectory,
  readRunRecord,
  recorded,
  removeRunRecord,
  writeRunRecord,
} from './data-directory.mjs'
import { firstTaken } from './ports.mjs'
import { endProcess, waitUntil } from './processes.mjs'
import { Restarts } from './restarts.mjs'
import { buildWhenStale, prepareCheckout, ROOT } from './setup.mjs'
import { abandonSteps, Refusal, step } from './steps.mjs'

/** @typedef {import('../lib/platform/env').Env} Env */

const SECOND_SIGNAL_MS = 250

/** What this launcher started, and how it ends: children first, PostgreSQL last. */
const started = {
  /** @type {Map<string, import('node:child_process').ChildProcess>} */
  children: new Map(),
  /** @type {import('./embedded-database.mjs').EmbeddedDatabase | null} */
  embedded: null,
  /** @type {Promise<string> | null} */
  opening: null,
  restarts: { sandbox: new Restarts(), serve: new Restarts() },
  dataDir: '',
  isServing: false,
  isEnding: false,
}

/**
 * From a fresh checkout to a serving studio, one line per step; returns when it serves.
 * @param {string[]} args `--dev`, `--worker` (sends calls, serves no pages) or `--web` (the other way round), `--built` (by scripts/build.mjs)
 */
export async function launch(args) {
  const startedAt = performance.now()
  const [isDev, isWorker, isBuilt] = ['--dev', '--worker', '--built'].map((flag) => args.includes(flag))
  listenForSignals()
  try {
    if (!isBuilt) await prepareCheckout()
    const { readConfiguration } = await import('./configuration.mjs')
    const env = await readConfiguration()
    openDataDirectory(env.dataDir)
    if (isWorker) requireRunningDatabase(env)
    else await takeOver(env, env.url)
    started.opening = step((say) => openDatabase(env, { say, isWorker: isWorker === true }))
    const databaseUrl = await started.opening
    if (!isDev && !isBuilt) await step(buildWhenStale)
    process.umask(0o077) // what the studio writes from here on is nobody else's
    const settings = settingsFor(env, { databaseUrl, args })
    const hasSandbox = !isWorker && !env.SANDBOX_URL && (!env.FLAMEL_API_KEY || (await canHaveSandbox(env)))
    const sandbox = hasSandbox ? step((say) => startSandbox(env, { say, settings })) : null
    await Promise.all([sandbox, step((say) => startServer({ args, say, settings }))])
    if (started.isEnding) return
    started.isServing = true
    console.log(
      `\n  ${isWorker ? 'The worker is ready' : `Flamel Studio is ready at ${env.url}`} (${((performance.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C stops it)\n`,
    )
  } catch (error) {
    if (!started.isEnding) console.error(error instanceof Refusal ? `\n${error.message}` : error)
    await end(1)
  }
}

/**
 * @param {Env} env
 * @param {{ databaseUrl: string, args: string[] }} known
 */
function settingsFor(env, { databaseUrl, args }) {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    HOST: env.HOST,
    STUDIO_DISPATCHER: args.includes('--worker')
      ? 'on'
      : args.includes('--web')
        ? 'off'
        : env.STUDIO_DISPATCHER,
    STUDIO_DATA_DIR: env.dataDir,
    STUDIO_SECRET: env.STUDIO_SECRET ?? keptSecret(env.dataDir),
  }
}

/**
 * One launcher per data directory. What a killed one left ends by itself; this waits for its port.
 * @param {Env} env
 * @param {string} url
 */
async function takeOver(env, url) {
  const last = readRunRecord(env.dataDir)
  if (last && isAlive(last.launcher))
    throw new Refusal(
      `Flamel Studio already runs on ${env.dataDir} (process ${last.launcher.pid}, ${last.url}).`,
    )
  const ports = env.FLAMEL_API_KEY || env.SANDBOX_URL ? [env.PORT] : [env.PORT, env.SANDBOX_PORT]
  if (last) {
    const areFree = await waitUntil(async () => (await firstTaken(env.HOST, ports)) === null, {
      timeoutMs: 5_000,
    })
    if (!areFree) await Promise.all(Object.values(last.children).map((child) => endProcess(child)))
  }
  const problem = await firstTaken(env.HOST, ports)
  if (problem) throw new Refusal(problem)
  started.dataDir = env.dataDir
  writeRunRecord(env.dataDir, { launcher: recorded(process.pid), children: {}, url })
}

/**
 * With a key in the environment the sandbox is for teams that train: where its port is taken, the rest starts without it.
 * @param {Env} env
 */
async function canHaveSandbox({ PORT, SANDBOX_PORT }) {
  const isFree = PORT !== SANDBOX_PORT && (await firstTaken('127.0.0.1', [SANDBOX_PORT])) === null
  if (!isFree) console.log(`  no sandbox: the port ${SANDBOX_PORT} is taken; SANDBOX_PORT sets another`)
  return isFree
}

/** @param {Env} env */
function requireRunningDatabase(env) {
  if (!env.DATABASE_URL && !readRunRecord(env.dataDir))
    throw new Refusal('A worker needs a studio to work for: run `npm start` beside it, or set DATABASE_URL.')
}

/**
 * The URL of a migrated database: the configured one, or the embedded one, started.
 * @param {Env} env
 * @param {{ say: (words: string) => void, isWorker: boolean }} options
 */
async function openDatabase(env, { say, isWorker }) {
  const embedded = env.DATABASE_URL ? null : await startEmbedded(env.dataDir)
  if (!isWorker) started.embedded = embedded
  const url = env.DATABASE_URL ?? embedded?.url ?? ''
  const { migrateWhenReachable } = await import('./database.mjs') // needs packages, which a fresh checkout lacks until now
  const applied = await migrateWhenReachable(env.DATABASE_DIRECT_URL ?? url, { waitS: env.DATABASE_WAIT_S })
  const found = !embedded
    ? 'database reached'
    : embedded.isAdopted
      ? 'running PostgreSQL taken over'
      : 'PostgreSQL started'
  say(applied.length > 0 ? `${found}, ${applied.length} migrated` : found)
  started.embedded?.watch((error) => {
    console.error(`\n${error.message}`)
    void end(1)
  })
  return url
}

/** @param {string} dataDir */
async function startEmbedded(dataDir) {
  const { EmbeddedDatabase } = await import('./embedded-database.mjs')
  return EmbeddedDatabase.start(dataDir)
}

/**
 * @param {Env} env
 * @param {{ say: (words: string) => void, settings: NodeJS.ProcessEnv }} options
 */
async function startSandbox(env, { say, settings }) {
  const child = startChild({
    name: 'sandbox',
    args: ['--conditions=react-server', '--import', 'tsx', path.join(ROOT, 'scripts/sandbox.ts')],
    env: settings,
    again: () => startSandbox(env, { say: () => {}, settings }),
  })
  await untilReady(child, { problem: 'The sandbox did not start.', timeoutMs: 30_000 })
  say(`sandbox paints on http://localhost:${env.SANDBOX_PORT}`)
}

/** @param {{ args: string[], say: (words: string) => void, settings: NodeJS.ProcessEnv }} options */
async function startServer({ args, say, settings }) {
  const isDev = args.includes('--dev')
  const serving = startChild({
    name: 'serve',
    args: [path.join(ROOT, 'scripts/serve.mjs'), ...args],
    env: {
      ...settings,
      NODE_ENV: isDev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    again: () => startServer({ args, say: () => {}, settings }),
  })
  await untilReady(serving, { problem: 'The server did not start.' })
  say('server started')
}

/**
 * Waits until the child says that it listens. Trying its port instead would take it away from it at a wrong moment.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ problem: string, timeoutMs?: number }} options the sentence if it ends before, or takes too long
 */
function untilReady(child, { problem, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new Refusal(problem))
    child.once('message', resolve)
    child.once('exit', refuse)
    if (timeoutMs) setTimeout(refuse, timeoutMs).unref()
  })
}

/**
 * A child in a process group of its own, so that the terminal's Ctrl-C reaches only the launcher. Once all serve, one
 * that ends by itself is started again.
 * @param {{ name: 'sandbox' | 'serve', args: string[], env: NodeJS.ProcessEnv, again: () => Promise<void> }} options
 */
function startChild({ name, args, env, again }) {
  const exitWithParent = ['--import', new URL('./exit-with-parent.mjs', import.meta.url).href]
  if (started.isEnding) throw new Refusal('Stopped.')
  const child = spawn(process.execPath, [...(name === 'serve' ? [] : exitWithParent), ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', name === 'serve' ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  })
  started.children.set(name, child)
  const alive = [...started.children].map(([key, { pid }]) => [key, recorded(pid)])
  const last = started.dataDir && readRunRecord(started.dataDir)
  if (last) writeRunRecord(started.dataDir, { ...last, children: Object.fromEntries(alive) })
  child.once('exit', (code, signal) => {
    started.children.delete(name)
    if (!started.isEnding) void startAgain({ name, how: code ?? signal, again })
  })
  return child
}

/** @param {{ name: 'sandbox' | 'serve', how: unknown, again: () => Promise<void> }} ended */
async function startAgain({ name, how, again }) {
  const child = name === 'serve' ? 'server' : name
  console.error(`\nThe ${child} ended by itself (${how})${started.isServing ? '; starting it again.' : '.'}`)
  if (!started.isServing) return end(1)
  if (!(await started.restarts[name].wait())) {
    console.error(`The ${child} does not stay up.`)
    return end(1)
  }
  if (started.isEnding) return
  await again().catch(() => {}) // it ended once more, which its own exit has told
}

let firstSignalAt = 0
function listenForSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // the terminal is gone
}

/** npm repeats the terminal's Ctrl-C to its child: what comes at once is one signal. */
function onSignal() {
  if (!firstSignalAt) {
    firstSignalAt = performance.now()
    console.log('\n  stopping …')
    void end(0)
  } else if (performance.now() - firstSignalAt > SECOND_SIGNAL_MS) {
    for (const child of started.children.values()) child.kill('SIGKILL')
  }
}

/**
 * Ends the server (which finishes its calls), then the sandbox, then PostgreSQL; only then this process.
 * @param {number} exitCode
 */
async function end(exitCode) {
  if (started.isEnding) return
  started.isEnding = true
  abandonSteps()
  for (const name of ['serve', 'sandbox']) {
    const child = started.children.get(name)
    if (!child) continue
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    if (name === 'sandbox') setTimeout(() => child.kill('SIGKILL'), 3_000).unref()
    await gone
  }
  await started.opening?.catch(() => {})
  await started.embedded?.stop()
  if (started.dataDir) removeRunRecord(started.dataDir)
  process.exit(exitCode)
}
