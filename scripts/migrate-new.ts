import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { migrate, MIGRATIONS } from './migrate.mjs'
import { startPostgres } from './postgres.mjs'
import { schemaDifference } from './schema-engine'

/**
 * `npm run migrate:new NAME`: applies the migrations to an empty database and writes what prisma/schema has beyond
 * them as a new one. What Prisma cannot say (checks, partial indexes, extensions) is added to that file by hand.
 */
async function main(name: string | undefined) {
  if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('Usage: npm run migrate:new name_in_snake_case')
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-migrate-'))
  const postgres = await startPostgres({ dataDir, isDurable: false })
  try {
    fs.mkdirSync(MIGRATIONS, { recursive: true })
    await migrate(postgres.url)
    const sql = (await schemaDifference(postgres.url)) || '-- Nothing to change: write the SQL by hand.'
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const file = path.join(MIGRATIONS, `${stamp}_${name}`, 'migration.sql')
    fs.mkdirSync(path.dirname(file))
    fs.writeFileSync(file, `${sql}\n`)
    console.log(path.relative(process.cwd(), file))
  } finally {
    await postgres.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
