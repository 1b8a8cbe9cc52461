import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/**
 * Set-up of every `*.db.test.ts`: a database and a data directory of the file's own, named in the environment before
 * anything reads the configuration. The test then uses `db()` and the domain modules as the product does.
 */
process.env.DATABASE_URL = await createTestDatabase()
process.env.STUDIO_DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-test-data-'))
process.env.STUDIO_SECRET = 'a secret of the tests, at least 32 characters long'
process.env.LOG_LEVEL ??= 'silent'

afterAll(() => fs.rmSync(process.env.STUDIO_DATA_DIR ?? '', { recursive: true, force: true }))

/** The URL of a new, migrated, empty database on the run's server. Also for tests that start whole processes. */
export async function createTestDatabase(): Promise<string> {
  const serverUrl = inject('databaseServerUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE studio STRATEGY = FILE_COPY`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
