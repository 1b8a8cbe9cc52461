import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../..')

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

type Spawned = {
  env: Record<string, string | undefined>
  logFile: string
  /** Another folder than this checkout, and another Node than the one that runs this. */
  root?: string
  node?: string
}

/** A Node process of ours with everything it says in a file; it never outlives the test's process. */
export function spawnNode(args: string[], { env, logFile, root = ROOT, node = process.execPath }: Spawned) {
  const log = fs.openSync(logFile, 'a')
  const exitWithParent = ['--import', path.join(ROOT, 'scripts/exit-with-parent.mjs')]
  const child: ChildProcess = spawn(node, [...exitWithParent, ...args], {
    cwd: root,
    env: { NODE_ENV: 'production', ...withoutSettings(), ...env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  fs.closeSync(log)
  const exited = new Promise<Exit>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  return { child, exited, logs: () => fs.readFileSync(logFile, 'utf8') }
}

/** The environment without any setting of the Studio, so that a developer's own never reaches a test. */
function withoutSettings() {
  const isSetting = (name: string) =>
    /^(STUDIO_|FLAMEL_|SANDBOX_|BACKUP_|STORAGE_|S3_|DATABASE_URL$|DATABASE_DIRECT_URL$|DATABASE_WAIT_S$|PORT$|HOST$|TRUST_PROXY$|LOG_LEVEL$|METRICS_TOKEN$|WORKER_PORT$|VITEST|NODE_ENV$)/.test(
      name,
    )
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)))
}

const FIRST_PORT = 11_000
const PORTS = 21_000
const WORKERS = availableParallelism() + 2 // numbered from 1, and vitest itself
const PORTS_OF_A_WORKER = Math.floor(PORTS / WORKERS)
const given = new Set<number>()

/**
 * A port that nobody listens on, and that stays free until it is used, or used again: it lies below those that the
 * system gives to outgoing connections (from 32,768), was not given before, and no other worker of this run is given it.
 */
export async function freePort(): Promise<number> {
  const first = FIRST_PORT + (Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS) * PORTS_OF_A_WORKER
  for (;;) {
    const port = randomInt(first, first + PORTS_OF_A_WORKER)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
}
