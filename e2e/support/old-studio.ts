import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'

/**
 * Fills a database of before the ledger with what a team had made: every end that a generation has, each with the
 * balances that its answer told, in one year. A fifth of the credits went to somebody else who has the key.
 */
export async function fillOldStudio(client: Client, count: number): Promise<{ teamId: string }> {
  const [teamId, accountId, makers] = [randomUUID(), randomUUID(), [randomUUID(), randomUUID()]]
  await client.query(
    `INSERT INTO "User" (id, email, name) SELECT id, id || '@old.test', 'Person' FROM unnest($1::uuid[]) id`,
    [makers],
  )
  await client.query(`INSERT INTO "Team" (id, slug, name) VALUES ($1, 'old', 'Old')`, [teamId])
  await client.query(
    `INSERT INTO "UpstreamAccount" (id, kind, "baseUrl", "keyFingerprint") VALUES ($1, 'flamel', 'http://old.test', 'old')`,
    [accountId],
  )
  await client.query(
    `INSERT INTO "Generation" (id, "teamId", "makerId", principal, "accountId", status, charged, "errorCode", "sentAt", "finishedAt",
       "groupId", prompt, ratio, sample, "sourceKind", "styleId", request, "requestHash", "createdAt", "queueDeadline")
     SELECT gen_random_uuid(), $1, ($2::uuid[])[1 + i % 2], 'old', $3, status::"GenerationStatus",
       CASE status WHEN 'succeeded' THEN 'yes' WHEN 'failed' THEN (CASE i % 3 WHEN 0 THEN 'no' ELSE 'yes' END) END::"Charged",
       CASE status WHEN 'failed' THEN 'nsfw_image' END, CASE WHEN status <> 'queued' THEN at END,
       CASE WHEN status IN ('succeeded', 'failed', 'canceled') THEN at END, i::text, 'a pear', '1:1', 4, 'style', 101, '{}', 'old', at,
       CASE status WHEN 'queued' THEN now() + interval '1 day' END
     FROM (SELECT i, now() - i * interval '365 days' / $4 AS at,
         CASE WHEN i < 4 THEN 'queued' WHEN i < 8 THEN 'unknown' WHEN i % 20 = 0 THEN 'failed' WHEN i % 20 = 1 THEN 'canceled' ELSE 'succeeded' END AS status
       FROM generate_series(0, $4::int - 1) i) made`,
    [teamId, makers, accountId, count],
  )
  await client.query(
    `INSERT INTO "Image" (id, "generationId", position, "teamId", "accountId", "makerId", state, error, width, height, ratio, "styleId", "createdAt")
     SELECT gen_random_uuid(), g.id, position, g."teamId", g."accountId", g."makerId", 'failed', 'failed', 0, 0, '1:1', 101, g."createdAt"
     FROM "Generation" g, generate_series(0, 3) position WHERE g.status = 'succeeded'`,
  )
  await client.query(
    `INSERT INTO "CreditSnapshot" (id, "accountId", "generationId", "defaultCredit", "dailyCredit", "monthlyCredit", "sentAt", "receivedAt", spent)
     SELECT gen_random_uuid(), "accountId", id, 1e9 - 5 * row_number() OVER made, 0, 50, "createdAt", "createdAt",
       CASE WHEN charged = 'yes' THEN '{"defaultCredit": 4, "dailyCredit": 0, "monthlyCredit": 0}'::jsonb END
     FROM "Generation" WHERE status IN ('succeeded', 'failed') WINDOW made AS (ORDER BY "createdAt")`,
  )
  await client.query('ANALYZE')
  return { teamId }
}
