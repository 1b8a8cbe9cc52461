CREATE TYPE "UsageOutcome" AS ENUM ('succeeded', 'failed_charged', 'failed_free', 'canceled');

CREATE TABLE "UsageDay" (
    "id" BIGSERIAL NOT NULL,
    "teamId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "makerId" UUID NOT NULL,
    "styleId" BIGINT,
    "apiKeyId" UUID,
    "setId" UUID,
    "outcome" "UsageOutcome" NOT NULL,
    "generations" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "credits" DECIMAL(65,30) NOT NULL,
    "estimated" DECIMAL(65,30) NOT NULL,
    "kept" INTEGER NOT NULL,

    CONSTRAINT "UsageDay_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "UsageChange" (
    "id" BIGSERIAL NOT NULL,
    "teamId" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "UsageChange_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "UsageDay_teamId_day_idx" ON "UsageDay"("teamId", "day");

CREATE INDEX "UsageChange_teamId_at_idx" ON "UsageChange"("teamId", "at");

-- What the balances fell by in a time, and whose fall it was, without reading the rest of the ledger.
CREATE INDEX "LedgerEntry_fall_idx" ON "LedgerEntry" ("accountId", "createdAt") INCLUDE ("credits", "teamId", "makerId")
  WHERE "kind" = 'fall';

-- What has been until now is rolled up by the first look. A quarter of an hour lies in one day, whatever the time zone.
INSERT INTO "UsageChange" ("teamId", "at")
SELECT "teamId", min("createdAt") FROM "Generation"
GROUP BY "teamId", date_bin('15 minutes', "createdAt", TIMESTAMPTZ '2000-01-01');

CREATE FUNCTION "usage_changed_by_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "UsageChange" ("teamId", "at") SELECT "teamId", "createdAt" FROM "Generation" WHERE id = NEW."generationId";
  RETURN NULL;
END $$;
CREATE TRIGGER "LedgerEntry_usage" AFTER INSERT ON "LedgerEntry" FOR EACH ROW
  WHEN (NEW."kind" IN ('settle', 'release', 'correction')) EXECUTE FUNCTION "usage_changed_by_entry"();

CREATE FUNCTION "usage_changed_by_image"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "UsageChange" ("teamId", "at") SELECT "teamId", "createdAt" FROM "Generation" WHERE id = NEW."generationId";
  RETURN NULL;
END $$;
CREATE TRIGGER "Image_usage" AFTER UPDATE OF "favouriteAt", "deletedAt" ON "Image" FOR EACH ROW
  WHEN ((OLD."favouriteAt" IS NOT NULL AND OLD."deletedAt" IS NULL)
    IS DISTINCT FROM (NEW."favouriteAt" IS NOT NULL AND NEW."deletedAt" IS NULL))
  EXECUTE FUNCTION "usage_changed_by_image"();

CREATE FUNCTION "usage_changed_by_outcome"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "UsageChange" ("teamId", "at") VALUES (NEW."teamId", NEW."createdAt");
  RETURN NULL;
END $$;
CREATE TRIGGER "Generation_usage" AFTER UPDATE OF "status" ON "Generation" FOR EACH ROW
  WHEN (OLD."status" = 'failed' AND NEW."status" <> 'failed') EXECUTE FUNCTION "usage_changed_by_outcome"();

-- Another time zone has other days. Whoever rolls up holds the same lock: they end before, or begin after.
CREATE FUNCTION "usage_changed_by_zone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7310551);
  DELETE FROM "UsageDay" WHERE "teamId" = NEW.id;
  INSERT INTO "UsageChange" ("teamId", "at")
  SELECT NEW.id, min("createdAt") FROM "Generation" WHERE "teamId" = NEW.id
  GROUP BY ("createdAt" AT TIME ZONE NEW."timeZone")::date;
  RETURN NULL;
END $$;
CREATE TRIGGER "Team_usage" AFTER UPDATE OF "timeZone" ON "Team" FOR EACH ROW
  WHEN (OLD."timeZone" <> NEW."timeZone") EXECUTE FUNCTION "usage_changed_by_zone"();
