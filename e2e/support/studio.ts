import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Exit, freePort, spawnNode } from '@/e2e/support/child'
import { OWNER } from '@/e2e/support/owner'
import { signInAt } from '@/e2e/support/sign-in'
import { createTestDatabase } from '@/e2e/support/test-database'
import { waitUntil } from '@/scripts/processes.mjs'

export type Settings = {
  port: number
  dataDir: string
  databaseUrl: string
  env: Record<string, string>
  isWorker: boolean
  /** Another checkout of the product, built. */
  root?: string
}

export type Studio = {
  url: string
  /** Give them to `startStudio` again to start the same studio anew after its end. */
  settings: Settings
  pid: number
  logs: () => string
  exited: Promise<Exit>
  /** A session's cookie header, for `fetch(…, { headers: { cookie } })`; changes also need an `Origin: studio.url`. */
  signIn: (person?: { email: string; password: string }) => Promise<string>
  kill9: () => Promise<Exit>
  sigterm: () => Promise<Exit>
  /** Ends it and removes its data directory; the database goes with the run's server. */
  stop: () => Promise<void>
}

/**
 * The built product in a process of its own: its own port, data directory and database, an owner who can sign in.
 * Point it at an upstream with `env`: `SANDBOX_PORT` for a sandbox, or `FLAMEL_API_KEY` and `FLAMEL_API_URL`.
 */
export async function startStudio(given: Partial<Settings> = {}): Promise<Studio> {
  const settings: Settings = {
    port: given.port ?? (await freePort()),
    dataDir: given.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'studio-data-')),
    databaseUrl: given.databaseUrl ?? (await createTestDatabase()),
    env: given.env ?? {},
    isWorker: given.isWorker ?? false,
    root: given.root,
  }
  const { child, exited, logs } = spawnNode(
    ['scripts/serve.mjs', ...(settings.isWorker ? ['--worker'] : [])],
    {
      env: environmentOf(settings),
      logFile: path.join(settings.dataDir, 'studio.log'),
      root: settings.root,
    },
  )
  const url = `http://localhost:${settings.port}`
  const isReady = new Promise<boolean>((resolve) => child.once('message', () => resolve(true)))
  const isUp = await Promise.race([isReady, exited.then(() => false)])
  if (!isUp) throw new Error(`The studio did not start:\n${logs()}`)
  if (!settings.isWorker) await waitUntil(() => isHealthy(url), { timeoutMs: 20_000 })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  const stop = async () => {
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await end('SIGTERM')
    clearTimeout(patience)
    fs.rmSync(settings.dataDir, { recursive: true, force: true })
  }
  const signIn = (person = OWNER) => signInAt(url, person)
  return {
    url,
    settings,
    pid: child.pid ?? 0,
    logs,
    exited,
    signIn,
    kill9: () => end('SIGKILL'),
    sigterm: () => end('SIGTERM'),
    stop,
  }
}

/** What the server's process has in its environment. */
export function environmentOf({ port, dataDir, databaseUrl, env }: Settings): Record<string, string> {
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    STUDIO_DATA_DIR: dataDir,
    STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
    STUDIO_OWNER_EMAIL: OWNER.email,
    STUDIO_OWNER_PASSWORD: OWNER.password,
    DATABASE_URL: databaseUrl,
    ...env,
  }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`)
    .then((response) => response.ok)
    .catch(() => false)
}
