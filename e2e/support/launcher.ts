import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { type Exit, freePort, spawnNode } from '@/e2e/support/child'
import { folderIn } from '@/e2e/support/folders'
import { OWNER } from '@/e2e/support/owner'
import { waitUntil } from '@/scripts/processes.mjs'

export type Launched = {
  child: ChildProcess
  exited: Promise<Exit>
  logs: () => string
  url: string
  /** Waits until it serves or is gone; throws when it is gone. */
  isReady: () => Promise<void>
}

/** A data directory in the folder, and free ports, for `npm start`. */
export async function launchSettings(home: string): Promise<Record<string, string>> {
  return {
    STUDIO_DATA_DIR: path.join(folderIn(home), 'data'),
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    STUDIO_OWNER_EMAIL: OWNER.email,
    STUDIO_OWNER_PASSWORD: OWNER.password,
  }
}

/** `npm start` itself, as a person runs it, without npm in between. */
export function launch(settings: Record<string, string | undefined>, home: string): Launched {
  const logFile = path.join(folderIn(home), 'launch.log')
  const { child, exited, logs } = spawnNode(['scripts/start.mjs'], { env: settings, logFile })
  const isReady = async () => {
    const isOver = () => /is ready at/.test(logs()) || child.exitCode !== null || child.signalCode !== null
    await waitUntil(isOver, { timeoutMs: 100_000 })
    if (!/is ready at/.test(logs())) throw new Error(`It did not start:\n${logs()}`)
  }
  return { child, exited, logs, url: `http://localhost:${settings.PORT}`, isReady }
}

/** The processes of a launch, as its data directory names them. */
export function recordedChildren(
  settings: Record<string, string>,
): Record<string, { pid: number; identity: string }> {
  const file = path.join(settings.STUDIO_DATA_DIR ?? '', 'run.json')
  const record: { children: Record<string, { pid: number; identity: string }> } = JSON.parse(
    fs.readFileSync(file, 'utf8'),
  )
  return record.children
}
