// @ts-check
// `npm run -s studio -- …`: shell commands on the studio's own data, whether it runs or not.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { keptSecret, openDataDirectory, readRunRecord } from './data-directory.mjs'
import { prepareCheckout, ROOT } from './setup.mjs'
import { Refusal } from './steps.mjs'

main().catch((error) => {
  console.error(error instanceof Refusal ? error.message : error)
  process.exit(1)
})

async function main() {
  await prepareCheckout()
  const { readConfiguration } = await import('./configuration.mjs')
  const env = await readConfiguration()
  openDataDirectory(env.dataDir)
  const postgres = env.DATABASE_URL ? null : await startEmbedded(env.dataDir)
  try {
    const url = env.DATABASE_URL ?? postgres?.url ?? ''
    const isRestore = process.argv[2] === 'restore' // into an empty database, with the secret that belongs to the backup
    const { migrateNow } = await import('./database.mjs')
    if (!isRestore) await migrateNow(env.DATABASE_DIRECT_URL ?? url)
    process.exitCode = await command({
      ...process.env,
      DATABASE_URL: url,
      STUDIO_DATA_DIR: env.dataDir,
      STUDIO_SECRET: env.STUDIO_SECRET ?? (isRestore ? undefined : keptSecret(env.dataDir)),
    })
  } finally {
    if (!readRunRecord(env.dataDir)) await postgres?.stop() // the studio that runs, or was started meanwhile, keeps it
  }
}

/** @param {string} dataDir */
async function startEmbedded(dataDir) {
  const { startPostgres } = await import('./postgres.mjs')
  return startPostgres({ dataDir }).catch(refuse)
}

/**
 * @param {Error} error
 * @returns {never}
 */
function refuse(error) {
  throw new Refusal(error.message)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function command(env) {
  const program = ['--conditions=react-server', '--import', 'tsx', path.join(ROOT, 'scripts/studio.ts')]
  const child = spawn(process.execPath, [...program, ...process.argv.slice(2)], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}
