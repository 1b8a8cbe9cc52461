import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClient } from '@/e2e/support/client'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { connectTo } from '@/e2e/support/tcp-proxy'
import { waitUntil } from '@/scripts/processes.mjs'

const MEMBERS = 5
const EACH = 40
const SLOTS = 4

let sandbox: Sandbox
let web: Studio
let workers: Studio[] = []

beforeAll(async () => {
  sandbox = await startSandbox({
    latencyMs: 20,
    env: { SANDBOX_PAINTER: 'plain', SANDBOX_SLOTS: String(SLOTS) },
  })
  const env = { SANDBOX_PORT: String(sandbox.port) }
  web = await startStudio({ env })
  workers = await Promise.all([1, 2].map(() => startStudio({ ...web.settings, isWorker: true })))
})
afterAll(async () => {
  for (const worker of workers) await worker.sigterm()
  await web?.stop()
  await sandbox?.stop()
})

test('200 requests of 5 members through 3 dispatchers: each sent once, slots kept, nobody waits more than a round', async () => {
  const client = await makeClient(web)
  const beside = await connectTo(web.settings.databaseUrl)
  await beside.query('UPDATE "UpstreamAccount" SET "planSlots" = $1', [SLOTS])
  const hold = await connectTo(web.settings.databaseUrl)
  await hold.query('BEGIN')
  await hold.query('SELECT 1 FROM "UpstreamAccount" FOR NO KEY UPDATE')
  const people = await addMembers()
  const prompts = Array.from({ length: EACH }, (_, turn) =>
    people.map((_person, member) => `crowd ${member} ${turn}`),
  ).flat()
  for (const prompt of prompts) expect((await client.submit({ prompt })).status).toBe(202)
  for (const [member, id] of people.entries()) {
    await beside.query(`UPDATE "Generation" SET "makerId" = $1 WHERE prompt LIKE 'crowd ' || $2 || ' %'`, [
      id,
      member,
    ])
  }
  await hold.query('COMMIT')
  await hold.end()
  const open = async () =>
    (await beside.query(`SELECT 1 FROM "Generation" WHERE status IN ('queued','sending','pending')`)).rowCount
  expect(await waitUntil(async () => (await open()) === 0, { timeoutMs: 90_000 })).toBe(true)
  const { calls, slots } = await (await fetch(`${sandbox.url}/sandbox/state`)).json()
  const sent = calls
    .filter(({ prompt }: { prompt?: string }) => prompt?.startsWith('crowd '))
    .map(({ prompt }: { prompt: string }) => prompt)
  expect(sent).toHaveLength(MEMBERS * EACH)
  expect(new Set(sent).size).toBe(MEMBERS * EACH)
  expect(slots.highest).toBeLessThanOrEqual(SLOTS)
  const { rows } = await beside.query(
    `SELECT "makerId" FROM "Generation" WHERE prompt LIKE 'crowd %' ORDER BY "claimedAt"`,
  )
  for (let round = 0; round < EACH; round++) {
    const served = rows.slice(round * MEMBERS, (round + 1) * MEMBERS).map(({ makerId }) => makerId)
    expect(new Set(served).size).toBe(MEMBERS)
  }
  const owners = await beside.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'studio-dispatcher-%' AND datname = current_database()`,
  )
  expect(owners.rows[0].n).toBe(3)
  await beside.end()

  async function addMembers(): Promise<string[]> {
    const { rows: teams } = await beside.query('SELECT id FROM "Team"')
    const ids: string[] = []
    for (let member = 0; member < MEMBERS; member++) {
      const person = await beside.query(
        `INSERT INTO "User" (id, email, name) VALUES (gen_random_uuid(), $1, $1) RETURNING id`,
        [`member${member}@studio.test`],
      )
      const id: string = person.rows[0].id
      await beside.query(`INSERT INTO "Membership" ("teamId", "userId", role) VALUES ($1, $2, 'member')`, [
        teams[0].id,
        id,
      ])
      ids.push(id)
    }
    return ids
  }
})

test('a table that grows fast is analyzed without waiting for autovacuum', async () => {
  const beside = await connectTo(web.settings.databaseUrl)
  const table = 'CREATE TABLE grown WITH (autovacuum_enabled = off) AS SELECT generate_series(1, 1000) AS n'
  await beside.query(table)
  const isAnalyzed = async () => {
    const { rows } = await beside.query(
      `SELECT last_analyze FROM pg_stat_user_tables WHERE relname = 'grown'`,
    )
    return Boolean(rows[0]?.last_analyze)
  }
  expect(await waitUntil(isAnalyzed, { timeoutMs: 30_000 })).toBe(true)
  await beside.end()
})
