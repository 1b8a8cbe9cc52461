import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/scripts/migrate.mjs'
import { startPostgres } from '@/scripts/postgres.mjs'
import { endAbandonedServers, TEST_SERVER_PREFIX } from './abandoned-servers'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the maintenance database; every test's own database is a copy of `studio` beside it. */
    databaseServerUrl: string
  }
}

/** One PostgreSQL for the whole run, in a temporary folder, with the migrated database `studio` as the template. */
export default async function setup(project: TestProject) {
  await endAbandonedServers()
  const dataDir = fs.mkdtempSync(
    path.join(fs.realpathSync(os.tmpdir()), `${TEST_SERVER_PREFIX}${process.pid}-`),
  )
  const server = await startPostgres({ dataDir, isDurable: false, maxConnections: 200 })
  await migrate(server.url)
  project.provide('databaseServerUrl', server.urlOf('postgres'))
  return async () => {
    await server.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}
