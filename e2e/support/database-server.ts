import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { endAbandonedServers, TEST_SERVER_PREFIX } from '@/e2e/support/abandoned-servers'
import { isRelease, startPostgresServer } from '@/e2e/support/postgres-server'
import { announceDatabaseServer } from '@/e2e/support/test-database'
import { migrate } from '@/scripts/migrate.mjs'
import { startPostgres } from '@/scripts/postgres.mjs'

/**
 * One PostgreSQL for the whole run, in a temporary folder, with the migrated database `studio` as the template.
 * TEST_POSTGRES names another release than our own.
 */
export default async function startDatabaseServer() {
  const release = process.env.TEST_POSTGRES
  return release ? startRelease(release) : startOwn()
}

async function startOwn() {
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

async function startRelease(release: string) {
  if (!isRelease(release)) throw new Error(`TEST_POSTGRES: there is no release ${release} to test with.`)
  const server = await startPostgresServer({ release, settings: { max_connections: '300' } })
  await server.createDatabase('studio')
  await migrate(server.urlOf('studio', 'socket'))
  announceDatabaseServer(server.urlOf('postgres', 'socket'))
  return server.stop
}
