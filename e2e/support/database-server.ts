import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { endAbandonedServers, TEST_SERVER_PREFIX } from '@/e2e/support/abandoned-servers'
import { announceDatabaseServer } from '@/e2e/support/test-database'
import { migrate } from '@/scripts/migrate.mjs'
import { startPostgres } from '@/scripts/postgres.mjs'

/** One PostgreSQL for the whole run, in a temporary folder, with the migrated database `studio` as the template. */
export default async function startDatabaseServer() {
  await endAbandonedServers()
  const dataDir = fs.mkdtempSync(
    path.join(fs.realpathSync(os.tmpdir()), `${TEST_SERVER_PREFIX}${process.pid}-`),
  )
  const server = await startPostgres({ dataDir, isDurable: false, maxConnections: 300 })
  await migrate(server.url)
  announceDatabaseServer(server.urlOf('postgres'))
  return async () => {
    await server.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}
