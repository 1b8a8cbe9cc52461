import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority } from '@/e2e/support/certificates'
import { spawnNode } from '@/e2e/support/child'
import { makeClient } from '@/e2e/support/client'
import { hasOpenssl } from '@/e2e/support/fault-peer'
import { folderIn, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings } from '@/e2e/support/launcher'
import { type PostgresServer, startPostgresServer } from '@/e2e/support/postgres-server'
import { signInAt } from '@/e2e/support/sign-in'
import { connectTo } from '@/e2e/support/tcp-proxy'
import { parseEnv } from '@/lib/platform/env'
import { migrateWhenReachable } from '@/scripts/database.mjs'

/** A server that speaks TLS alone, to `localhost`, with a certificate of an authority that only a file makes known. */
describe.runIf(hasOpenssl())('a database that demands TLS', () => {
  const home = temporaryFolder()
  let authority: ReturnType<typeof makeAuthority>
  let database: PostgresServer
  let address: string
  beforeAll(async () => {
    authority = makeAuthority(home, 'authority')
    const { key, cert } = authority.sign('DNS:localhost')
    database = await startPostgresServer({
      settings: { ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key' },
      access: 'hostssl all all 127.0.0.1/32 trust',
      files: { 'server.crt': cert, 'server.key': key },
    })
    address = (await database.createDatabase('studio')).replace('127.0.0.1', 'localhost')
  })
  afterAll(() => database?.stop())

  /** As the configuration is read and the start uses it. */
  const migrate = async (url: string, waitS = 1) =>
    migrateWhenReachable(parseEnv({ DATABASE_URL: url }).DATABASE_URL ?? '', { waitS })

  test.each([
    ['require', () => address],
    ['verify-ca, whatever its name', () => address.replace('localhost', '127.0.0.1'), 'verify-ca'],
    ['verify-full', () => address],
    ['require, with an authority', () => address, 'require'],
  ])('is reached with sslmode=%s', async (name, at, mode = name) => {
    const root = name === 'require' ? '' : `&sslrootcert=${authority.file}`
    await expect(migrate(`${at()}?sslmode=${mode}${root}`)).resolves.toBeInstanceOf(Array)
  })

  test.each([
    ['without TLS', () => address, /no encryption; add sslmode=require to DATABASE_URL\.$/],
    [
      'with nobody to vouch for it',
      () => `${address}?sslmode=verify-full`,
      /add sslrootcert=\/path\/to\/ca\.pem to/,
    ],
    [
      'with another authority',
      () => `${address}?sslmode=verify-full&sslrootcert=${makeAuthority(home, 'stranger').file}`,
      /nobody whom sslrootcert names signed its certificate/,
    ],
    [
      'by a name that its certificate does not have',
      () => `${address.replace('localhost', '127.0.0.1')}?sslmode=verify-full&sslrootcert=${authority.file}`,
      /its certificate is for another name: write that one in DATABASE_URL\.$/,
    ],
    [
      'with a file that is not there',
      () => `${address}?sslmode=verify-full&sslrootcert=/not/there.pem`,
      /^The file \/not\/there\.pem that DATABASE_URL names cannot be read \(ENOENT\)\.$/,
    ],
  ])('%s it is refused at once, in one sentence that says what mends it', async (_name, url, sentence) => {
    const askedAt = performance.now()
    await expect(migrate(url(), 60)).rejects.toThrow(sentence)
    expect(performance.now() - askedAt).toBeLessThan(20_000)
  })

  test('the studio, its LISTEN connection, the doctor, a backup and its check speak TLS', async () => {
    const settings = {
      ...(await launchSettings(home)),
      DATABASE_URL: `${address}?sslmode=verify-full&sslrootcert=${authority.file}`,
      STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
      SANDBOX_PAINTER: 'plain',
    }
    const studio = launch(settings, home)
    await studio.isReady()
    const client = await makeClient({ url: studio.url, signIn: () => signInAt(studio.url) })
    const { id }: { id: string } = await (await client.submit({ prompt: 'over TLS' })).json()
    expect((await client.ended(id)).status).toBe('succeeded')
    const beside = await connectTo(database.urlOf('studio', 'socket'))
    const { rows } = await beside.query(
      `SELECT DISTINCT ssl, application_name LIKE 'studio-%' AS listens FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE client_addr IS NOT NULL AND datname = 'studio' ORDER BY listens`,
    )
    await beside.end()
    expect(rows).toEqual([
      { ssl: true, listens: false },
      { ssl: true, listens: true },
    ])
    const backups = folderIn(home)
    for (const words of [['doctor'], ['backup', '--to', backups], ['verify', '--from', backups]]) {
      const logFile = path.join(folderIn(home), 'shell.log')
      const { exited, logs } = spawnNode(['scripts/studio.mjs', ...words], { env: settings, logFile })
      const { code } = await exited
      expect([words, code, logs()]).toEqual([words, 0, expect.not.stringContaining('SECURITY WARNING')])
    }
    studio.child.kill('SIGTERM')
    await studio.exited
    expect(studio.logs()).not.toContain('SECURITY WARNING')
  })
})
