import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { folderIn, temporaryFolder } from '@/e2e/support/folders'
import { isReachable, postgresBinaries } from '@/scripts/postgres-binaries.mjs'
import { type Postgres, startPostgres } from '@/scripts/postgres.mjs'
import { processIdentity, waitUntil } from '@/scripts/processes.mjs'

const isRoot = process.getuid?.() === 0
const NOBODY = 65534
const running: Postgres[] = []
const start = async (dataDir: string) => {
  const server = await startPostgres({ dataDir })
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

const home = temporaryFolder()
fs.chmodSync(home, 0o711)
const newDataDir = () => path.join(folderIn(home), 'data')

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the server is killed under it
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function killed(pid: number) {
  const identity = processIdentity(pid)
  process.kill(pid, 'SIGKILL')
  await waitUntil(() => processIdentity(pid) !== identity, { timeoutMs: 5_000 })
}

test('it listens on a private socket only', async () => {
  const server = await start(newDataDir())
  const [row] = await query(
    server.url,
    `SELECT current_setting('listen_addresses') AS addresses, current_setting('fsync') AS fsync`,
  )
  expect(row).toEqual({ addresses: '', fsync: 'on' })
  const socketDir = new URL(server.url).searchParams.get('host') ?? ''
  expect(fs.statSync(socketDir).mode & 0o077).toBe(0)
})

test('a second start of the same data takes the first over', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  const second = await start(dataDir)
  expect(second).toMatchObject({ isAdopted: true, pid: first.pid, url: first.url })
})

test('what was committed survives a kill -9 of the server', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await query(first.url, 'CREATE TABLE kept (n integer); INSERT INTO kept VALUES (1)')
  await killed(first.pid)
  const second = await start(dataDir)
  expect(second.isAdopted).toBe(false)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
})

test('a server starts after a kill -9 although another process has the number of the killed one', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await killed(first.pid)
  const other = spawn('sleep', ['600'], { ...(isRoot && { uid: NOBODY, gid: NOBODY }) })
  try {
    const socketDir = new URL(first.url).searchParams.get('host') ?? ''
    const [lock = ''] = fs.readdirSync(socketDir).filter((name) => name.endsWith('.lock'))
    const file = path.join(socketDir, lock)
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(String(first.pid), String(other.pid)))
    const second = await start(dataDir)
    expect(second.isAdopted).toBe(false)
  } finally {
    other.kill()
  }
})

test('a set-up that was killed half-way is begun anew', async () => {
  const dataDir = newDataDir()
  fs.mkdirSync(path.join(dataDir, 'postgres.making'), { recursive: true })
  fs.writeFileSync(path.join(dataDir, 'postgres.making', 'PG_VERSION'), '18\n')
  const server = await start(dataDir)
  expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
})

test('a stale postmaster.pid that names a foreign process is not obeyed, and that process lives', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await first.stop()
  running.length = 0
  const cluster = fs.existsSync(path.join(dataDir, 'postgres')) ? path.join(dataDir, 'postgres') : ''
  fs.writeFileSync(
    path.join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n0\n5432\n/tmp\n\n\nready\n`,
  )
  const second = await start(dataDir)
  expect(second.isAdopted).toBe(false)
  expect(processIdentity(process.pid)).not.toBeNull()
})

test.runIf(isRoot)(
  'root’s database lives elsewhere when `nobody` cannot enter the folder, and moves with it',
  async () => {
    const closed = folderIn(home)
    fs.chmodSync(closed, 0o700)
    const before = path.join(closed, 'before')
    const first = await start(before)
    await query(first.url, 'CREATE TABLE kept (n integer)')
    expect(fs.existsSync(path.join(before, 'postgres'))).toBe(false)
    await first.stop()
    const copy = path.join(closed, 'copy')
    fs.cpSync(before, copy, { recursive: true })
    await expect(startPostgres({ dataDir: copy })).rejects.toThrow(`${copy} is a copy of ${before}`)
    const after = path.join(closed, 'after')
    fs.renameSync(before, after)
    const second = await start(after)
    expect(await query(second.url, 'SELECT count(*)::integer AS n FROM kept')).toEqual([{ n: 0 }])
    const place = fs.readFileSync(path.join(after, 'postgres.location'), 'utf8').trim()
    await second.stop()
    running.length = 0
    fs.rmSync(place, { recursive: true })
    fs.rmSync(`${place}.data-directory`)
  },
)

test.runIf(isRoot)(
  'binaries that `nobody` cannot reach are copied, links and all, and a broken copy is mended',
  () => {
    const closed = folderIn(home)
    fs.chmodSync(closed, 0o700)
    fs.cpSync(path.dirname(postgresBinaries()), path.join(closed, 'package'), {
      recursive: true,
      verbatimSymlinks: true,
    })
    const places = { packaged: path.join(closed, 'package', 'native'), home: folderIn(home) }
    const copy = postgresBinaries(places)
    expect(copy.startsWith(places.home)).toBe(true)
    fs.rmSync(path.join(copy, 'lib'), { recursive: true })
    expect(postgresBinaries(places)).toBe(copy)
    const version = spawnSync(path.join(copy, 'bin', 'initdb'), ['--version'], {
      uid: NOBODY,
      gid: NOBODY,
      encoding: 'utf8',
    })
    expect(version.stdout).toContain('PostgreSQL')
  },
)

test.runIf(isRoot && isReachable(process.cwd()))('an ordinary user starts it too', () => {
  const own = folderIn(home)
  fs.chownSync(own, NOBODY, NOBODY)
  const program = `
    const { startPostgres } = await import(${JSON.stringify(path.resolve('scripts/postgres.mjs'))})
    const server = await startPostgres({ dataDir: ${JSON.stringify(path.join(own, 'data'))} })
    await server.stop()
    console.log('started and stopped')`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: own,
    env: { ...process.env, HOME: own },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout).toContain('started and stopped')
})
