import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { spawnNode } from '@/e2e/support/child'
import { makeClient, type Client } from '@/e2e/support/client'
import { folderIn, temporaryFolder } from '@/e2e/support/folders'
import { launch, launchSettings, type Launched } from '@/e2e/support/launcher'
import { type PostgresServer, startPostgresServer } from '@/e2e/support/postgres-server'
import { signInAt } from '@/e2e/support/sign-in'
import type { Generation } from '@/lib/generations/schema'
import type { Usage } from '@/lib/usage/schema'
import { migrateWhenReachable } from '@/scripts/database.mjs'

const home = temporaryFolder()
fs.chmodSync(home, 0o711)

const PERSON = { email: 'hana@studio.test', password: 'persimmon under the northern eaves' }

/** Ours is the one that every other test uses. */
describe.each([14, 15, 16, 17] as const)('on PostgreSQL %i, from an empty database', (release) => {
  let database: PostgresServer
  let settings: Record<string, string>
  let studio: Launched
  let client: Client
  let slug: string
  let generation: Generation
  beforeAll(async () => {
    database = await startPostgresServer({ release })
    settings = {
      ...(await launchSettings(home)),
      DATABASE_URL: await database.createDatabase('studio'),
      STUDIO_SECRET: 'a secret of the tests, at least 32 characters long',
      STUDIO_OWNER_EMAIL: '',
      STUDIO_OWNER_PASSWORD: '',
      SANDBOX_PAINTER: 'plain',
    }
    studio = launch(settings, home)
    await studio.isReady()
  })
  afterAll(async () => {
    studio?.child.kill('SIGTERM')
    await studio?.exited
    await database?.stop()
  })

  const shell = async (...words: string[]) => {
    const logFile = path.join(folderIn(home), 'shell.log')
    const { exited, logs } = spawnNode(['scripts/studio.mjs', ...words], { env: settings, logFile })
    const { code } = await exited
    expect([words, code, logs()]).toEqual([words, 0, expect.anything()])
    return logs()
  }
  const get = async (address: string) => {
    const answer = await fetch(studio.url + address, { headers: client.headers })
    expect([address, answer.status]).toEqual([address, 200])
    return answer
  }

  test('it is set up', async () => {
    const answer = await fetch(`${studio.url}/api/v1/setup`, {
      method: 'POST',
      headers: { origin: studio.url, 'content-type': 'application/json' },
      body: JSON.stringify({ ...PERSON, name: 'Hana', team: 'Studio' }),
    })
    expect(answer.status).toBe(201)
    slug = (await answer.json()).team.slug
    client = await makeClient({ url: studio.url, signIn: () => signInAt(studio.url, PERSON) })
  })

  test('it generates, by our API and by Flamel’s, and shows the images', async () => {
    const { id }: { id: string } = await (await client.submit({ prompt: '가나다 Éclair', sample: 2 })).json()
    generation = await client.ended(id)
    expect([generation.status, generation.images.length]).toEqual(['succeeded', 2])
    expect((await client.dropIn({ prompt: 'by drop-in' })).status).toBe(201)
    for (const { urls } of generation.images) await get(urls.original)
  })

  test('its gallery is a page, a list and a search', async () => {
    const page = await fetch(`${studio.url}/t/${slug}/gallery`, { headers: { cookie: client.cookie } })
    expect([page.status, (await page.text()).includes(generation.images[0]?.id ?? '-')]).toEqual([200, true])
    const found = async (words: string) => {
      const { items } = await (await get(`/api/v1/images?q=${encodeURIComponent(words)}`)).json()
      return items.length
    }
    expect(await Promise.all(['', 'ㄱㄴㄷ', 'eclair', 'ÉCLAIR', 'nothing'].map(found))).toEqual([
      3, 2, 2, 2, 0,
    ])
  })

  test('its usage is counted', async () => {
    const usage: Usage = await (await get('/api/v1/usage?by=style')).json()
    expect(usage.total).toMatchObject({ generations: 2, images: 3 })
  })

  test('the doctor finds it well, and a backup of it is whole', async () => {
    expect(await shell('doctor')).toContain(`PostgreSQL ${release}.`)
    const backups = folderIn(home)
    await shell('backup', '--to', backups)
    expect(await shell('verify', '--from', backups)).toContain('All is well')
    expect(await shell('verify')).toContain('All is well')
  })
})

test('PostgreSQL 13 is refused in one sentence, before anything is written', async () => {
  const database = await startPostgresServer({ release: 13 })
  try {
    const url = await database.createDatabase('studio')
    await expect(migrateWhenReachable(url, { waitS: 60 })).rejects.toThrow(
      /^The database at 127\.0\.0\.1:\d+ cannot be used: The server is PostgreSQL 13\.\d+, and the studio needs 14 or newer\.$/,
    )
  } finally {
    await database.stop()
  }
})
