// @ts-check
import { spawn, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isReachable, postgresBinaries, sharedHome, unprivileged } from './postgres-binaries.mjs'
import { commandLine, endProcess, processIdentity, waitUntil } from './processes.mjs'

const DATABASE = 'studio'
/** Recovery after a power cut may take minutes: as long as it works, it is waited for. */
const START_TIMEOUT_MS = 300_000
const STOP_TIMEOUT_MS = 10_000

/**
 * @typedef {object} Postgres
 * @property {string} url of the database `studio`; with `urlOf(name)` of any other
 * @property {(database: string) => string} urlOf
 * @property {boolean} isAdopted a server that outlived its program was taken over
 * @property {number} pid
 * @property {() => boolean} isRunning
 * @property {() => Promise<void>} stop ends every connection and waits for a clean shutdown
 */

/**
 * Starts the PostgreSQL of a data directory, or takes over the one that still runs there.
 * It listens on a private Unix socket only. `isDurable: false` is for tests: nothing survives a power cut.
 * @param {{ dataDir: string, isDurable?: boolean, maxConnections?: number }} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, isDurable = true, maxConnections = 100 }) {
  const cluster = clusterDirectory(path.resolve(dataDir))
  const running = await runningPostmaster(cluster)
  if (running) return connected({ ...running, isAdopted: true })
  const binaries = postgresBinaries()
  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) createCluster({ cluster, binaries, isDurable })
  const socketDir = socketDirectory(path.resolve(dataDir))
  const started = await launch({ cluster, binaries, socketDir, isDurable, maxConnections })
  return connected({ ...started, isAdopted: false })
}

/**
 * The cluster lives in the data directory. Root's PostgreSQL runs as `nobody`; where that user cannot enter the data
 * directory, the cluster lives under /var/lib and the data directory keeps its name.
 * @param {string} dataDir
 */
function clusterDirectory(dataDir) {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (unprivileged) fs.chmodSync(dataDir, fs.statSync(dataDir).mode | 0o011) // to pass through, not to look around
  const inside = path.join(dataDir, 'postgres')
  if (fs.existsSync(path.join(inside, 'PG_VERSION')) && isReachable(inside)) return inside
  const note = path.join(dataDir, 'postgres.location')
  if (!fs.existsSync(note)) {
    if (isReachable(dataDir)) return inside
    fs.writeFileSync(note, `${path.join(sharedHome, 'databases', crypto.randomUUID())}\n`, { mode: 0o600 })
  }
  const outside = fs.readFileSync(note, 'utf8').trim()
  fs.mkdirSync(path.dirname(outside), { recursive: true })
  for (const folder of [sharedHome, path.dirname(outside)]) fs.chmodSync(folder, 0o711) // whatever the umask
  return claimed(outside, dataDir)
}

/**
 * A copied checkout must not share the database of its original; a moved one keeps it.
 * @param {string} cluster
 * @param {string} dataDir
 */
function claimed(cluster, dataDir) {
  const claim = `${cluster}.data-directory`
  const owner = fs.existsSync(claim) ? fs.readFileSync(claim, 'utf8').trim() : dataDir
  const ownersNote = path.join(owner, 'postgres.location')
  if (
    owner !== dataDir &&
    fs.existsSync(ownersNote) &&
    fs.readFileSync(ownersNote, 'utf8').trim() === cluster
  )
    throw new Error(
      `${dataDir} is a copy of ${owner}, which uses the database in ${cluster}: remove ${dataDir}/postgres.location to begin with an empty one.`,
    )
  fs.writeFileSync(claim, `${dataDir}\n`, { mode: 0o600 })
  return cluster
}

/**
 * initdb in a neighbouring folder and a rename: a kill in between leaves nothing half made.
 * @param {{ cluster: string, binaries: string, isDurable: boolean }} options
 */
function createCluster({ cluster, binaries, isDurable }) {
  const making = `${cluster}.making`
  fs.rmSync(making, { recursive: true, force: true })
  fs.rmSync(cluster, { recursive: true, force: true })
  fs.mkdirSync(making, { mode: 0o700 })
  if (unprivileged) fs.chownSync(making, unprivileged.uid, unprivileged.gid)
  const settings = [
    '-U',
    'app',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ]
  const result = spawnSync(
    path.join(binaries, 'bin', 'initdb'),
    ['-D', making, ...settings, ...(isDurable ? [] : ['--no-sync'])],
    { ...unprivileged, cwd: '/', env: environment(), encoding: 'utf8' },
  )
  if (result.status !== 0) {
    fs.rmSync(making, { recursive: true, force: true })
    throw new Error(
      `The embedded PostgreSQL could not be set up: ${lastLine(result.stderr) || result.error?.message}`,
    )
  }
  fs.renameSync(making, cluster)
}

/**
 * The folder of the server's socket, the same at every start: whoever is connected finds the next server there. A path
 * of a hundred characters is the most that a socket may have, so it cannot lie in the data directory.
 * @param {string} dataDir
 */
function socketDirectory(dataDir) {
  const note = path.join(dataDir, 'postgres.socket')
  const noted = fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : ''
  if (noted && isOwn(noted)) return noted
  const made = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-pg-'))
  if (unprivileged) fs.chownSync(made, unprivileged.uid, unprivileged.gid)
  fs.writeFileSync(note, `${made}\n`, { mode: 0o600 })
  return made
}

/**
 * Makes the folder where it is gone. One that somebody else made under its name is not used.
 * @param {string} folder
 */
function isOwn(folder) {
  const { uid } = unprivileged ?? { uid: process.getuid?.() ?? 0 }
  try {
    fs.mkdirSync(folder, { mode: 0o700 })
    if (unprivileged) fs.chownSync(folder, unprivileged.uid, unprivileged.gid)
  } catch {
    // it is there, or cannot be made: the look at it tells
  }
  const found = fs.lstatSync(folder, { throwIfNoEntry: false })
  return Boolean(found?.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0)
}

/** The machine's memory, or what its container may have of it. */
function availableBytes() {
  const limit = process.constrainedMemory() // 0, or more than there is, where nothing limits it
  return limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem()
}

/**
 * What PostgreSQL keeps in memory itself, and what it may think the system keeps of its files: an eighth of what there is,
 * at most 1 GB, and a half. The studio and its image decoding live on the same machine.
 * @param {number} availableBytes
 */
export function memorySettings(availableBytes) {
  const megabytes = Math.floor(availableBytes / 1024 ** 2)
  const buffers = Math.min(1_024, Math.max(64, Math.floor(megabytes / 8)))
  const cache = Math.max(buffers, Math.floor(megabytes / 2))
  return { shared_buffers: `${buffers}MB`, effective_cache_size: `${cache}MB` }
}

/** @param {{ cluster: string, binaries: string, socketDir: string, isDurable: boolean, maxConnections: number }} options */
async function launch({ cluster, binaries, socketDir, isDurable, maxConnections }) {
  // left by a killed server: PostgreSQL takes a zombie, or whoever has its number now, for the owner of the lock
  for (const name of fs.readdirSync(socketDir)) fs.rmSync(path.join(socketDir, name), { force: true })
  const log = path.join(cluster, 'server.log')
  const settings = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    ...(isDurable ? memorySettings(availableBytes()) : { shared_buffers: '64MB' }),
    log_checkpoints: 'off',
    max_connections: maxConnections,
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const output = fs.openSync(log, 'w', 0o600)
  const child = spawn(
    path.join(binaries, 'bin', 'postgres'),
    [
      '-D',
      cluster,
      '-k',
      socketDir,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // its own process group: a Ctrl-C in the terminal must reach us first, and PostgreSQL last
    { ...unprivileged, cwd: '/', env: environment(), detached: true, stdio: ['ignore', output, output] },
  )
  fs.closeSync(output)
  child.unref()
  let failure = ''
  child.on('error', (error) => (failure = error.message))
  const onExit = () => (failure ||= lastLine(fs.readFileSync(log, 'utf8')) || 'it ended at once')
  child.on('exit', onExit)
  const isReady = () =>
    failure !== '' || (postmaster(cluster)?.pid === child.pid && Boolean(postmaster(cluster)?.isReady))
  const inTime = await waitUntil(isReady, { timeoutMs: START_TIMEOUT_MS })
  child.off('exit', onExit)
  const ready = postmaster(cluster)
  if (failure || !inTime || !ready) {
    throw new Error(`The embedded PostgreSQL did not start: ${failure || `see ${log}`}`)
  }
  return ready
}

/**
 * A postmaster that outlived a kill -9 of its program: ready, and surely the one of this cluster.
 * @param {string} cluster
 */
async function runningPostmaster(cluster) {
  const found = postmaster(cluster)
  if (!found) return null
  const isOurs = processIdentity(found.pid) !== null && commandLine(found.pid).includes(cluster)
  if (!isOurs) {
    fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
    return null
  }
  await waitUntil(() => !postmaster(cluster) || Boolean(postmaster(cluster)?.isReady), {
    timeoutMs: START_TIMEOUT_MS,
  })
  const settled = postmaster(cluster)
  return settled?.isReady ? settled : null
}

/**
 * What `postmaster.pid` says (its lines: 1 pid, 4 port, 5 socket folder, 8 state).
 * @param {string} cluster
 */
function postmaster(cluster) {
  const file = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(file)) return null
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  return {
    pid: Number(lines[0]),
    port: Number(lines[3]),
    socketDir: (lines[4] ?? '').trim(),
    isReady: lines[7]?.trim() === 'ready',
  }
}

/**
 * @param {{ pid: number, port: number, socketDir: string, isAdopted: boolean }} server
 * @returns {Promise<Postgres>}
 */
async function connected({ pid, port, socketDir, isAdopted }) {
  /** @param {string} database */
  const urlOf = (database) =>
    `postgresql://app@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}`
  const identity = processIdentity(pid)
  await ensureDatabase(urlOf('postgres'))
  const isRunning = () => processIdentity(pid) === identity
  const stop = async () => {
    if (identity) await endProcess({ pid, identity }, { signal: 'SIGINT', patienceMs: STOP_TIMEOUT_MS })
    fs.rmSync(socketDir, { recursive: true, force: true })
  }
  return { url: urlOf(DATABASE), urlOf, isAdopted, pid, isRunning, stop }
}

/** @param {string} adminUrl */
async function ensureDatabase(adminUrl) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE])
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** @returns {NodeJS.ProcessEnv} */
const environment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' })

/** @param {string | null | undefined} text */
const lastLine = (text) => (text ?? '').trim().split('\n').at(-1) ?? ''
