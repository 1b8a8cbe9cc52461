import { openArchive } from '@/e2e/support/archive'
import startDatabaseServer from '@/e2e/support/database-server'
import { startIdentityProviders } from '@/e2e/support/identity-providers'
import { startSandbox } from '@/e2e/support/sandbox'
import { addSecondOwner } from '@/e2e/support/second-owner'
import { startStudio } from '@/e2e/support/studio'

/**
 * What the browser tests run on, in a process of its own: a database server, a sandbox that answers quickly, the built
 * product, the same product before its first visit, and one with a sandbox and identity providers to itself, where a
 * test may change everything, and which sends mail. Tells its
 * parent where the first one's data is, and takes everything down when it is asked to end or the parent is gone.
 */
async function startTestEnvironment() {
  const stopDatabase = await startDatabaseServer()
  const sandbox = await startSandbox({ latencyMs: 300 })
  const studio = await startStudio({
    port: Number(process.env.E2E_PORT),
    env: { SANDBOX_PORT: String(sandbox.port), FLAMEL_API_URL: sandbox.url },
  })
  await addSecondOwner(studio.url)
  const fresh = await startStudio({
    port: Number(process.env.E2E_FRESH_PORT),
    env: { SANDBOX_PORT: String(sandbox.port), STUDIO_OWNER_EMAIL: '', STUDIO_OWNER_PASSWORD: '' },
  })
  const quietSandbox = await startSandbox({ latencyMs: 300 })
  const quietPort = Number(process.env.E2E_QUIET_PORT)
  const identityProviders = await startIdentityProviders(`http://localhost:${quietPort}`)
  const quiet = await startStudio({
    port: quietPort,
    env: {
      SANDBOX_PORT: String(quietSandbox.port),
      // e2e/mail.spec.ts listens there
      SMTP_URL: `smtp://studio:pw@127.0.0.1:${process.env.E2E_MAIL_PORT}`,
      MAIL_FROM: 'Flamel Studio <studio@example.com>',
      ...identityProviders.env,
    },
  })
  await addSecondOwner(quiet.url, 'Annex')
  const stop = async () => {
    for (const { url, logs } of [studio, fresh, quiet]) tellErrors(url, logs())
    await quiet.stop()
    await identityProviders.stop()
    await quietSandbox.stop()
    await fresh.stop()
    await studio.stop()
    await sandbox.stop()
    await stopDatabase()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('disconnect', () => void stop())
  await openArchive(studio)
  process.send?.({ E2E_DATABASE_URL: studio.settings.databaseUrl, E2E_DATA_DIR: studio.settings.dataDir })
}

/** What a test that failed is often explained by; where only the output is kept, the log is gone with its folder. */
function tellErrors(url: string, logs: string): void {
  const errors = logs.split('\n').filter((line) => line.includes('"level":"error"'))
  for (const line of errors.slice(0, 20)) console.error(`${url} logged ${line}`)
}

startTestEnvironment().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
