CREATE TYPE "BudgetScope" AS ENUM ('member', 'role', 'key', 'team');

CREATE TYPE "BudgetUnit" AS ENUM ('images', 'credits', 'requests');

CREATE TYPE "BudgetWindow" AS ENUM ('day', 'week', 'month', 'at_once');

CREATE TYPE "BudgetAnswer" AS ENUM ('open', 'granted', 'raised', 'declined');

CREATE TYPE "LedgerKind" AS ENUM ('hold', 'settle', 'release', 'correction', 'fall', 'rise');

ALTER TABLE "Team" ADD COLUMN     "timeZone" TEXT NOT NULL DEFAULT 'UTC';

CREATE TABLE "Budget" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "scope" "BudgetScope" NOT NULL,
    "subject" TEXT NOT NULL,
    "unit" "BudgetUnit" NOT NULL,
    "window" "BudgetWindow" NOT NULL,
    "limit" DECIMAL(65,30) NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BudgetCounter" (
    "id" BIGSERIAL NOT NULL,
    "budgetId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "period" DATE NOT NULL,
    "used" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "held" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "extra" DECIMAL(65,30) NOT NULL DEFAULT 0,

    CONSTRAINT "BudgetCounter_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BudgetRequest" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "budgetId" UUID NOT NULL,
    "askerId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "answer" "BudgetAnswer" NOT NULL DEFAULT 'open',
    "amount" DECIMAL(65,30),
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BudgetRequest_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "LedgerEntry" (
    "id" BIGSERIAL NOT NULL,
    "kind" "LedgerKind" NOT NULL,
    "accountId" UUID NOT NULL,
    "teamId" UUID,
    "makerId" UUID,
    "generationId" UUID,
    "sample" INTEGER,
    "images" INTEGER NOT NULL DEFAULT 0,
    "credits" DECIMAL(65,30) NOT NULL DEFAULT 0,
    "isEstimate" BOOLEAN NOT NULL DEFAULT false,
    "counters" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- What is under way at once is counted for each submit that such a budget applies to.
CREATE INDEX "Generation_open_idx" ON "Generation" ("teamId", "makerId") WHERE "status" IN ('queued', 'sending', 'pending');

ALTER TABLE "Budget"
  ADD CONSTRAINT "Budget_limit_check" CHECK ("limit" >= 0),
  ADD CONSTRAINT "Budget_window_check" CHECK (("unit" = 'requests') = ("window" = 'at_once'));
ALTER TABLE "BudgetCounter" ADD CONSTRAINT "BudgetCounter_sums_check" CHECK ("used" >= 0 AND "held" >= 0 AND "extra" >= 0);
ALTER TABLE "BudgetRequest"
  ADD CONSTRAINT "BudgetRequest_decided_check" CHECK (("answer" = 'open') = ("decidedAt" IS NULL));
CREATE UNIQUE INDEX "BudgetRequest_open_key" ON "BudgetRequest" ("budgetId", "askerId") WHERE "answer" = 'open';

-- Every generation of the past gets its rows, before there is an index to keep: what the balances proved, or an estimate of
-- a credit an image.
CREATE TEMPORARY TABLE past AS
  SELECT g.id, g."accountId", g."teamId", g."makerId", g.sample, g.status, g.charged, g."resolvedById", g."createdAt",
    g."finishedAt", coalesce(i.completed, 0) AS completed, m.credits AS measured
  FROM "Generation" g
  LEFT JOIN (
    SELECT "generationId", count(*)::int AS completed FROM "Image" WHERE state = 'completed' GROUP BY 1
  ) i ON i."generationId" = g.id
  LEFT JOIN (
    SELECT "generationId", sum((spent->>'defaultCredit')::numeric + (spent->>'dailyCredit')::numeric
      + (spent->>'monthlyCredit')::numeric) AS credits
    FROM "CreditSnapshot" WHERE "generationId" IS NOT NULL AND spent IS NOT NULL GROUP BY 1
  ) m ON m."generationId" = g.id;

INSERT INTO "LedgerEntry" ("kind", "accountId", "teamId", "makerId", "generationId", "sample", "images", "credits", "isEstimate", "createdAt")
SELECT 'hold', "accountId", "teamId", "makerId", id, sample, sample, sample, true, "createdAt" FROM past ORDER BY "createdAt";

INSERT INTO "LedgerEntry" ("kind", "accountId", "teamId", "makerId", "generationId", "sample", "images", "credits", "isEstimate", "createdAt")
SELECT 'release', "accountId", "teamId", "makerId", id, sample, 0, 0, false, coalesce("finishedAt", "createdAt") FROM past
WHERE status = 'canceled' OR (status IN ('succeeded', 'failed') AND charged = 'no');

INSERT INTO "LedgerEntry" ("kind", "accountId", "teamId", "makerId", "generationId", "sample", "images", "credits", "isEstimate", "createdAt")
SELECT 'settle', "accountId", "teamId", "makerId", id, sample,
  CASE WHEN status = 'succeeded' THEN completed WHEN "resolvedById" IS NOT NULL THEN sample ELSE 0 END,
  coalesce(measured, sample), measured IS NULL, coalesce("finishedAt", "createdAt")
FROM past WHERE status IN ('succeeded', 'failed') AND charged IS DISTINCT FROM 'no' ORDER BY "finishedAt";

-- From one answer to the next: what each of the balances fell and rose by.
CREATE TEMPORARY TABLE change AS
  SELECT s."accountId", s."generationId", s."receivedAt",
    greatest(s.d0 - s.d1, 0) + greatest(s.y0 - s.y1, 0) + greatest(s.m0 - s.m1, 0) AS fall,
    greatest(s.d1 - s.d0, 0) + greatest(s.y1 - s.y0, 0) + greatest(s.m1 - s.m0, 0) AS rise,
    (s.spent->>'defaultCredit')::numeric + (s.spent->>'dailyCredit')::numeric + (s.spent->>'monthlyCredit')::numeric AS spent
  FROM (
    SELECT "accountId", "generationId", "receivedAt", spent,
      "defaultCredit"::numeric AS d1, lag("defaultCredit"::numeric) OVER run AS d0,
      "dailyCredit"::numeric AS y1, lag("dailyCredit"::numeric) OVER run AS y0,
      "monthlyCredit"::numeric AS m1, lag("monthlyCredit"::numeric) OVER run AS m0
    FROM "CreditSnapshot" WINDOW run AS (PARTITION BY "accountId" ORDER BY "receivedAt", id)
  ) s WHERE s.d0 IS NOT NULL;

INSERT INTO "LedgerEntry" ("kind", "accountId", "teamId", "makerId", "generationId", "sample", "credits", "createdAt")
SELECT 'fall', c."accountId", g."teamId", g."makerId", g.id, g.sample, c.spent, c."receivedAt"
FROM change c JOIN "Generation" g ON g.id = c."generationId" WHERE c.spent BETWEEN 0 AND c.fall;

INSERT INTO "LedgerEntry" ("kind", "accountId", "credits", "createdAt")
SELECT 'fall', "accountId", fall - CASE WHEN spent BETWEEN 0 AND fall THEN spent ELSE 0 END, "receivedAt" FROM change
WHERE fall > CASE WHEN spent BETWEEN 0 AND fall THEN spent ELSE 0 END;

INSERT INTO "LedgerEntry" ("kind", "accountId", "credits", "createdAt")
SELECT 'rise', "accountId", rise, "receivedAt" FROM change WHERE rise > 0;

DROP TABLE past;
DROP TABLE change;

-- A generation is held once, and its hold ends once.
CREATE UNIQUE INDEX "LedgerEntry_hold_key" ON "LedgerEntry" ("generationId") WHERE "kind" = 'hold';
CREATE UNIQUE INDEX "LedgerEntry_end_key" ON "LedgerEntry" ("generationId") WHERE "kind" IN ('settle', 'release');
-- What as many images cost latest.
CREATE INDEX "LedgerEntry_price_idx" ON "LedgerEntry" ("accountId", "sample", "id" DESC)
  WHERE "kind" = 'settle' AND NOT "isEstimate" AND "images" >= "sample";

CREATE UNIQUE INDEX "Budget_teamId_scope_subject_unit_window_key" ON "Budget"("teamId", "scope", "subject", "unit", "window");

CREATE UNIQUE INDEX "BudgetCounter_budgetId_subjectId_period_key" ON "BudgetCounter"("budgetId", "subjectId", "period");

CREATE INDEX "BudgetRequest_teamId_createdAt_id_idx" ON "BudgetRequest"("teamId", "createdAt" DESC, "id" DESC);

CREATE INDEX "LedgerEntry_generationId_idx" ON "LedgerEntry"("generationId");

CREATE INDEX "LedgerEntry_teamId_createdAt_idx" ON "LedgerEntry"("teamId", "createdAt");

CREATE INDEX "LedgerEntry_accountId_createdAt_idx" ON "LedgerEntry"("accountId", "createdAt");

ALTER TABLE "Budget" ADD CONSTRAINT "Budget_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "BudgetCounter" ADD CONSTRAINT "BudgetCounter_budgetId_fkey" FOREIGN KEY ("budgetId") REFERENCES "Budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "BudgetRequest" ADD CONSTRAINT "BudgetRequest_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "BudgetRequest" ADD CONSTRAINT "BudgetRequest_budgetId_fkey" FOREIGN KEY ("budgetId") REFERENCES "Budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "BudgetRequest" ADD CONSTRAINT "BudgetRequest_askerId_fkey" FOREIGN KEY ("askerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "LedgerEntry"
  ADD CONSTRAINT "LedgerEntry_generation_check" CHECK (
    "kind" IN ('fall', 'rise') OR ("generationId" IS NOT NULL AND "teamId" IS NOT NULL AND "makerId" IS NOT NULL)),
  ADD CONSTRAINT "LedgerEntry_amount_check" CHECK ("kind" = 'correction' OR ("images" >= 0 AND "credits" >= 0)),
  ADD CONSTRAINT "LedgerEntry_release_check" CHECK ("kind" <> 'release' OR ("images" = 0 AND "credits" = 0));
CREATE TRIGGER "LedgerEntry_kept" BEFORE UPDATE OR DELETE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
