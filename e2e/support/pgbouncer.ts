import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '@/e2e/support/child'
import { waitUntil } from '@/scripts/processes.mjs'

const NOBODY = 65534
const PLACES = [
  '/usr/sbin/pgbouncer',
  '/usr/bin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
]
const installed = () => PLACES.find((file) => fs.existsSync(file))

/** PgBouncer where it is installed or can be: Debian's own, as root. Null elsewhere; a test then says that it is skipped. */
export function findPgBouncer(): string | null {
  const isDebianRoot = process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')
  if (!installed() && isDebianRoot) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 120_000 }
    const install = ['install', '-y', '--no-install-recommends', 'pgbouncer']
    if (spawnSync('apt-get', install, options).status !== 0) {
      spawnSync('apt-get', ['update'], options)
      spawnSync('apt-get', install, options)
    }
  }
  return installed() ?? null
}

/** PgBouncer in transaction mode before a database, with few connections so that they are handed on. */
export async function startPgBouncer(program: string, databaseUrl: string) {
  const behind = new URL(databaseUrl)
  const name = behind.pathname.slice(1)
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-pgbouncer-'))
  const port = await freePort()
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const config = path.join(home, 'pgbouncer.ini')
  fs.writeFileSync(
    config,
    `[databases]
${name} = host=${behind.searchParams.get('host') ?? behind.hostname} port=${behind.port || 5432} dbname=${name} user=app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
`,
  )
  fs.chmodSync(home, 0o755)
  fs.chmodSync(config, 0o644)
  const child: ChildProcess = spawn(program, [config], { ...owner, stdio: 'ignore' })
  const url = `postgresql://app@127.0.0.1:${port}/${name}`
  const isUp = await waitUntil(() => answers(url), { timeoutMs: 15_000 })
  if (!isUp) throw new Error('PgBouncer did not start.')
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    child.kill('SIGTERM')
    await gone
    fs.rmSync(home, { recursive: true, force: true })
  }
  return { url, stop }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  try {
    await client.connect()
    return (await client.query('SELECT 1')).rowCount === 1
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
