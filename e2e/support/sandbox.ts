import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort, spawnNode } from '@/e2e/support/child'
import { waitUntil } from '@/scripts/processes.mjs'

export type Sandbox = {
  url: string
  port: number
  dataDir: string
  logs: () => string
  stop: () => Promise<void>
}

type Options = { latencyMs?: number; port?: number; dataDir?: string; env?: Record<string, string> }

/** The sandbox in a process of its own, answering at once unless a latency is asked for. */
export async function startSandbox({ latencyMs = 0, env = {}, ...given }: Options = {}): Promise<Sandbox> {
  const port = given.port ?? (await freePort())
  const dataDir = given.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sandbox-'))
  const settings = {
    SANDBOX_PORT: String(port),
    SANDBOX_LATENCY_MS: String(latencyMs),
    STUDIO_DATA_DIR: dataDir,
    ...env,
  }
  const { child, exited, logs } = spawnNode(
    ['--conditions=react-server', '--import', 'tsx', 'scripts/sandbox.ts'],
    {
      env: settings,
      logFile: path.join(dataDir, 'sandbox.log'),
    },
  )
  const url = `http://localhost:${port}`
  const answers = () =>
    fetch(url)
      .then(() => true)
      .catch(() => child.exitCode !== null)
  const isInTime = await waitUntil(answers, { timeoutMs: 30_000 })
  if (!isInTime || child.exitCode !== null) throw new Error(`The sandbox did not start:\n${logs()}`)
  const stop = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 3_000)
    await exited
    clearTimeout(patience)
    if (!given.dataDir) fs.rmSync(dataDir, { recursive: true, force: true })
  }
  return { url, port, dataDir, logs, stop }
}
