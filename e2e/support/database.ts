import 'next/dist/server/node-environment-baseline' // what Next takes for granted: AsyncLocalStorage as a global
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { createTestDatabase } from '@/e2e/support/test-database'

/**
 * Set-up of every `*.db.test.ts`: a database and a data directory of the file's own, named in the environment before
 * anything reads the configuration. The test then uses `db()` and the domain modules as the product does.
 */
process.env.DATABASE_URL = await createTestDatabase()
process.env.STUDIO_DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-test-data-'))
process.env.STUDIO_SECRET = 'a secret of the tests, at least 32 characters long'
process.env.LOG_LEVEL ??= 'silent'

afterAll(() => fs.rmSync(process.env.STUDIO_DATA_DIR ?? '', { recursive: true, force: true }))
