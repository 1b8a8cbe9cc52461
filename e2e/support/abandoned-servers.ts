import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startPostgres } from '@/scripts/postgres.mjs'
import { processIdentity } from '@/scripts/processes.mjs'

/** Followed by the pid of the run that owns the folder. */
export const TEST_SERVER_PREFIX = 'studio-test-'

/** A run that was killed leaves its database server behind: ends those whose run is gone. */
export async function endAbandonedServers() {
  const home = fs.realpathSync(os.tmpdir())
  for (const name of fs.readdirSync(home)) {
    const pid = Number(new RegExp(`^${TEST_SERVER_PREFIX}(\\d+)-`).exec(name)?.[1])
    if (!pid || processIdentity(pid)) continue
    const dataDir = path.join(home, name)
    if (fs.existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))) {
      const server = await startPostgres({ dataDir, isDurable: false })
      await server.stop()
    }
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}
