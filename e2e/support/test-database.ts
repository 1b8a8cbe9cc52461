import crypto from 'node:crypto'
import pg from 'pg'

/** Where the run's database server listens; set by the set-up of Vitest and of Playwright. */
const SERVER = 'TEST_DATABASE_SERVER'

export function announceDatabaseServer(maintenanceUrl: string) {
  process.env[SERVER] = maintenanceUrl
}

/** The URL of a new, migrated, empty database on the run's server. */
export const createTestDatabase = () => createDatabase('TEMPLATE studio STRATEGY = FILE_COPY')

/** The URL of a new database with nothing in it: no table either. */
export const createEmptyDatabase = () => createDatabase('')

async function createDatabase(options: string): Promise<string> {
  const serverUrl = process.env[SERVER]
  if (!serverUrl)
    throw new Error('There is no test database server: name the file *.db.test.ts or *.fault.test.ts.')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} ${options}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
