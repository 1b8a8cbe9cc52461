import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/platform/db'

const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
beforeAll(async () => {
  await client.connect()
  await seed()
})
afterAll(() => client.end())

async function seed() {
  const user = await db().user.create({ data: { email: 'maker@studio.test', name: 'Maker' } })
  const team = await db().team.create({ data: { slug: 'checks', name: 'Checks' } })
  const account = await db().upstreamAccount.create({
    data: { kind: 'sandbox', baseUrl: 'http://localhost', keyFingerprint: 'none' },
  })
  const owner = { teamId: team.id, accountId: account.id, makerId: user.id }
  const generation = await db().generation.create({
    data: {
      ...owner,
      principal: user.id,
      groupId: 'g',
      prompt: '바다',
      ratio: '1:1',
      sample: 1,
      sourceKind: 'style',
      styleId: 352n,
      request: {},
      requestHash: 'h',
    },
  })
  await db().image.create({
    data: {
      ...owner,
      generationId: generation.id,
      position: 0,
      state: 'completed',
      width: 1,
      height: 1,
      ratio: '1:1',
    },
  })
  await db().blob.create({
    data: { teamId: team.id, sha256: 'a'.repeat(64), sizeBytes: 1, mimeType: 'image/webp' },
  })
  const at = new Date()
  await db().creditSnapshot.create({
    data: {
      accountId: account.id,
      generationId: generation.id,
      defaultCredit: 1,
      dailyCredit: 1,
      monthlyCredit: 1,
      sentAt: at,
      receivedAt: at,
    },
  })
  const secret = crypto.getRandomValues(new Uint8Array(32))
  await db().apiKey.create({
    data: { teamId: team.id, creatorId: user.id, name: 'k', prefix: 'fs_', sha256: secret, scopes: ['read'] },
  })
  await db().auditEntry.create({ data: { act: 'seed', subject: 'test' } })
  const held = { ...owner, generationId: generation.id, sample: 1, images: 1, credits: 1 }
  await db().ledgerEntry.create({ data: { ...held, kind: 'hold' } })
  const counted = { teamId: team.id, scope: 'team', subject: team.id, unit: 'images', window: 'day' } as const
  const budget = await db().budget.create({ data: { ...counted, limit: 5 } })
  const whose = { budgetId: budget.id, subjectId: team.id }
  await db().budgetCounter.create({ data: { ...whose, period: at } })
  await db().budgetRequest.create({ data: { ...whose, teamId: team.id, askerId: user.id } })
}

async function names(sql: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(sql)
  return rows.map(({ name }) => name).sort()
}

test.each([
  ['Generation', `"sample" = 3`, 'Generation_sample_check'],
  ['Generation', `"prompt" = repeat('가', 1201)`, 'Generation_prompt_check'],
  ['Generation', `"attempts" = -1`, 'Generation_attempts_check'],
  ['Generation', `"styleId" = NULL`, 'Generation_source_check'],
  ['Generation', `"reference" = '1/a.png'`, 'Generation_source_check'],
  ['Generation', `"sourceKind" = 'image'`, 'Generation_source_check'],
  ['Generation', `"leaseOwner" = gen_random_uuid(), "leaseExpiresAt" = now()`, 'Generation_lease_check'],
  ['Generation', `"status" = 'sending'`, 'Generation_lease_check'],
  ['Generation', `"status" = 'sending', "leaseOwner" = gen_random_uuid()`, 'Generation_lease_check'],
  ['Generation', `"status" = 'succeeded'`, 'Generation_finished_check'],
  ['Generation', `"status" = 'failed', "finishedAt" = now()`, 'Generation_error_check'],
  ['Image', `"position" = -1`, 'Image_position_check'],
  ['Image', `"width" = -1`, 'Image_size_check'],
  ['Blob', `"sha256" = upper("sha256")`, 'Blob_sha256_check'],
  ['Blob', `"sizeBytes" = -1`, 'Blob_sizeBytes_check'],
  ['CreditSnapshot', `"dailyCredit" = 'NaN'`, 'CreditSnapshot_finite_check'],
  ['CreditSnapshot', `"monthlyCredit" = 'Infinity'`, 'CreditSnapshot_finite_check'],
  ['UpstreamAccount', `"defaultCredit" = 'NaN'`, 'UpstreamAccount_finite_check'],
  ['UpstreamAccount', `"learnedSlots" = 0`, 'UpstreamAccount_slots_check'],
  ['Team', `"slug" = 'Checks'`, 'Team_slug_check'],
  ['Budget', `"limit" = -1`, 'Budget_limit_check'],
  ['Budget', `"window" = 'at_once'`, 'Budget_window_check'],
  ['BudgetCounter', `"held" = -1`, 'BudgetCounter_sums_check'],
  ['BudgetCounter', `"used" = -1`, 'BudgetCounter_sums_check'],
  ['BudgetRequest', `"answer" = 'granted'`, 'BudgetRequest_decided_check'],
  ['ApiKey', `"sha256" = '\\x00'`, 'ApiKey_sha256_check'],
  ['ApiKey', `"scopes" = ARRAY['root']`, 'ApiKey_scopes_check'],
  ['ApiKey', `"scopes" = ARRAY[]::text[]`, 'ApiKey_scopes_check'],
])('%s cannot be %s', async (table, change, constraint) => {
  await expect(client.query(`UPDATE "${table}" SET ${change}`)).rejects.toMatchObject({ constraint })
})

test.each([
  ['Generation', `"prompt" = repeat('가', 1200)`],
  ['Generation', `"imageId" = 7`],
  ['Generation', `"status" = 'sending', "leaseOwner" = gen_random_uuid(), "leaseExpiresAt" = now()`],
  ['UpstreamAccount', `"defaultCredit" = NULL, "learnedSlots" = 1`],
])('%s can be %s', async (table, change) => {
  await client.query('BEGIN')
  await expect(client.query(`UPDATE "${table}" SET ${change}`)).resolves.toMatchObject({ rowCount: 1 })
  await client.query('ROLLBACK')
})

test.each([
  ['DELETE FROM "Generation"'],
  ['DELETE FROM "CreditSnapshot"'],
  ['DELETE FROM "AuditEntry"'],
  ['DELETE FROM "LedgerEntry"'],
  [`UPDATE "LedgerEntry" SET "credits" = 0`],
  [`UPDATE "AuditEntry" SET "act" = 'nothing'`],
])('%s is refused: what was spent and done stays', async (sql) => {
  await expect(client.query(sql)).rejects.toMatchObject({ code: '23001' })
})

test('one address is one person, however it is capitalised', async () => {
  const again = db().user.create({ data: { email: 'MAKER@studio.test', name: 'Twin' } })
  await expect(again).rejects.toMatchObject({ code: 'P2002' })
})

test('one key of idempotency is one generation, and requests without one are many', async () => {
  const [row] = await db().generation.findMany({ omit: { id: true } })
  const copy = { ...row, request: {}, answer: undefined } as Parameters<
    ReturnType<typeof db>['generation']['create']
  >[0]['data'] // the row as read is a row to write
  await db().generation.create({ data: copy })
  await db().generation.create({ data: { ...copy, idempotencyKey: 'once' } })
  await expect(db().generation.create({ data: { ...copy, idempotencyKey: 'once' } })).rejects.toMatchObject({
    code: 'P2002',
  })
})

test('a generation is held once, and its hold ends once', async () => {
  const [held] = await db().ledgerEntry.findMany({ omit: { id: true } })
  if (!held) throw new Error('Nothing is held.')
  const entry = { ...held, counters: [] }
  await expect(db().ledgerEntry.create({ data: entry })).rejects.toMatchObject({ code: 'P2002' })
  await db().ledgerEntry.create({ data: { ...entry, kind: 'settle' } })
  const again = { ...entry, kind: 'release', images: 0, credits: 0 } as const
  await expect(db().ledgerEntry.create({ data: again })).rejects.toMatchObject({ code: 'P2002' })
})

test('a person asks once at a time for more of a budget', async () => {
  const [{ id: _, ...asked } = { id: '' }] = await db().budgetRequest.findMany()
  const again = asked as Parameters<ReturnType<typeof db>['budgetRequest']['create']>[0]['data'] // a row as read
  await expect(db().budgetRequest.create({ data: again })).rejects.toMatchObject({ code: 'P2002' })
})

test('every check, partial index and guard is in the catalog', async () => {
  const checks = `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`
  expect((await names(checks)).length).toBeGreaterThanOrEqual(20)
  const partial = `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indpred IS NOT NULL AND indrelid::regclass::text NOT LIKE 'pg_%'`
  expect(await names(partial)).toEqual(
    expect.arrayContaining([
      '"Generation_in_flight_idx"',
      '"Generation_queued_idx"',
      '"Generation_search_idx"',
      '"Image_favourite_idx"',
      '"Image_gallery_idx"',
      '"Image_gallery_maker_idx"',
      '"Image_gallery_ratio_idx"',
      '"Image_gallery_style_idx"',
      '"Image_trash_idx"',
    ]),
  )
  const unique = `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text NOT LIKE 'pg_%'`
  expect(await names(unique)).toEqual(
    expect.arrayContaining([
      '"ApiKey_sha256_key"',
      '"Blob_teamId_sha256_key"',
      '"Generation_teamId_principal_idempotencyKey_key"',
      '"Image_accountId_upstreamId_key"',
      '"Image_generationId_position_key"',
      '"ShareLink_tokenHash_key"',
      '"Team_slug_key"',
      '"User_email_lower_key"',
    ]),
  )
  const guards = `SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal`
  expect(await names(guards)).toEqual([
    'AuditEntry_kept',
    'CreditSnapshot_kept',
    'Generation_kept',
    'Generation_privacy',
    'Generation_search',
    'Generation_usage',
    'Image_privacy',
    'Image_usage',
    'LedgerEntry_kept',
    'LedgerEntry_usage',
    'Team_usage',
    'UpstreamAccount_watched',
    'UsageDay_added',
    'UsageDay_removed',
  ])
})

test('every list of a team has an index that begins with the team', async () => {
  const sql = `SELECT DISTINCT indrelid::regclass::text AS name FROM pg_index
    JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] WHERE attname = 'teamId'`
  const lists = [
    '"ApiKey"',
    '"AuditEntry"',
    '"Generation"',
    '"Image"',
    '"Invitation"',
    '"Reference"',
    '"ShareLink"',
  ]
  expect(await names(sql)).toEqual(expect.arrayContaining(lists))
})

test.each([
  [
    `SELECT id FROM "Generation" WHERE "accountId" = gen_random_uuid() AND status = 'queued' ORDER BY "createdAt" LIMIT 1`,
    'Generation_queued_idx',
  ],
  [
    `SELECT count(*) FROM "Generation" WHERE "accountId" = gen_random_uuid() AND status IN ('sending', 'pending')`,
    'Generation_in_flight_idx',
  ],
  [
    `SELECT count(*) FROM "Generation" WHERE "teamId" = gen_random_uuid() AND "makerId" = gen_random_uuid() AND status IN ('queued', 'sending', 'pending')`,
    'Generation_open_idx',
  ],
  [
    `SELECT credits FROM "LedgerEntry" WHERE "accountId" = gen_random_uuid() AND sample = 1 AND kind = 'settle' AND NOT "isEstimate" AND images >= sample ORDER BY id DESC LIMIT 1`,
    'LedgerEntry_price_idx',
  ],
  [
    `SELECT sum(credits) FROM "LedgerEntry" WHERE "accountId" = gen_random_uuid() AND kind = 'fall' AND "createdAt" > now()`,
    'LedgerEntry_fall_idx',
  ],
  [`SELECT id FROM "Generation" WHERE search LIKE '%ㅂ바ㄷ다%'`, 'Generation_search_idx'],
  [`SELECT id FROM "Generation" WHERE search LIKE '%ㅂㄷㅇㅎ%'`, 'Generation_search_idx'],
  [
    `SELECT id FROM "Image" WHERE "teamId" = gen_random_uuid() AND "deletedAt" IS NULL AND state = 'completed' ORDER BY "createdAt" DESC, id DESC LIMIT 60`,
    'Image_gallery_idx',
  ],
  [
    `SELECT id FROM "Image" WHERE "teamId" = gen_random_uuid() AND ratio = '9:16' AND "deletedAt" IS NULL AND state = 'completed' ORDER BY "createdAt" DESC, id DESC LIMIT 60`,
    'Image_gallery_ratio_idx',
  ],
  [
    `SELECT id FROM "Image" WHERE "teamId" = gen_random_uuid() AND "deletedAt" IS NOT NULL ORDER BY "deletedAt" DESC, id DESC LIMIT 60`,
    'Image_trash_idx',
  ],
])('%s is answered from %s', async (sql, index) => {
  await client.query('BEGIN')
  await client.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off')
  const { rows } = await client.query(
    `EXPLAIN (FORMAT JSON) ${sql.replaceAll('gen_random_uuid()', `'00000000-0000-0000-0000-000000000000'`)}`,
  )
  await client.query('ROLLBACK')
  expect(JSON.stringify(rows)).toContain(index)
})
