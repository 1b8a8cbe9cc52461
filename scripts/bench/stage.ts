import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort, spawnNode } from '@/e2e/support/child'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { migrate } from '@/scripts/migrate.mjs'
import { startPostgres } from '@/scripts/postgres.mjs'

export type Program = { url: string; pid: number; stop: () => Promise<void> }
export type Stage = {
  studio: Studio
  upstream: Program
  home: string
  databaseUrl: string
  cookie: string
  apiKey: string
  /** The URL of another migrated, empty database on the same server. */
  newDatabase: (name: string) => Promise<string>
  start: (name: string, env?: Record<string, string>) => Promise<Program>
  end: () => Promise<void>
}

/** Everything the measurements need: a durable database, a Flamel that costs nothing, the built product, a key. */
export async function setStage(): Promise<Stage> {
  const home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-bench-'))
  fs.chmodSync(home, 0o711)
  const postgres = await startPostgres({ dataDir: path.join(home, 'database') })
  await migrate(postgres.url)
  const newDatabase = async (name: string) => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${name}`).finally(() => client.end())
    const url = new URL(postgres.url)
    url.pathname = `/${name}`
    await migrate(url.href)
    return url.href
  }
  const running: Program[] = []
  const start = async (name: string, env: Record<string, string> = {}) => {
    const program = await startProgram(name, { home, env })
    running.push(program)
    return program
  }
  const upstream = await start('upstream')
  const studio = await startStudio({
    databaseUrl: postgres.url,
    env: { FLAMEL_API_KEY: 'bench', FLAMEL_API_URL: upstream.url, FLAMEL_SLOTS: '64', LOG_LEVEL: 'warn' },
  })
  const cookie = await studio.signIn()
  const end = async () => {
    await studio.stop()
    for (const program of running) await program.stop()
    await postgres.stop()
    fs.rmSync(home, { recursive: true, force: true })
  }
  return {
    studio,
    upstream,
    home,
    databaseUrl: postgres.url,
    cookie,
    apiKey: await makeKey(studio.url, cookie),
    newDatabase,
    start,
    end,
  }
}

async function startProgram(
  name: string,
  { home, env }: { home: string; env: Record<string, string> },
): Promise<Program> {
  const port = await freePort()
  const logFile = path.join(home, `${name}.log`)
  const { child, exited, logs } = spawnNode([`scripts/bench/${name}.mjs`], {
    env: { PORT: String(port), ...env },
    logFile,
  })
  const isReady = new Promise<boolean>((resolve) => child.once('message', () => resolve(true)))
  if (!(await Promise.race([isReady, exited.then(() => false)])))
    throw new Error(`${name} did not start:\n${logs()}`)
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop }
}

async function makeKey(url: string, cookie: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/api-keys`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', scopes: ['read', 'generate'] }),
  })
  const { secret }: { secret: string } = await response.json()
  return secret
}
