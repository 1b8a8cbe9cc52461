CREATE TYPE "UsageDimension" AS ENUM ('day', 'member', 'style', 'api_key', 'set', 'outcome');

CREATE TABLE "UsageDayTotal" (
    "teamId" UUID NOT NULL,
    "by" "UsageDimension" NOT NULL,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    "generations" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "credits" DECIMAL(65,30) NOT NULL,
    "estimated" DECIMAL(65,30) NOT NULL,
    "kept" INTEGER NOT NULL,

    CONSTRAINT "UsageDayTotal_pkey" PRIMARY KEY ("teamId", "by", "day", "key")
);

-- Whoever rolls a day up, be it a process of the release before, keeps its totals right.
CREATE FUNCTION "usage_day_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "UsageDayTotal" AS t
  SELECT u."teamId", d.by, u.day, d.key, sum(u.generations), sum(u.images), sum(u.credits), sum(u.estimated), sum(u.kept)
  FROM added u CROSS JOIN LATERAL (VALUES
    ('day'::"UsageDimension", u.day::text),
    ('member', u."makerId"::text),
    ('style', coalesce(u."styleId"::text, '')),
    ('api_key', coalesce(u."apiKeyId"::text, '')),
    ('set', coalesce(u."setId"::text, '')),
    ('outcome', u.outcome::text)
  ) d (by, key)
  GROUP BY 1, 2, 3, 4
  ON CONFLICT ("teamId", "by", "day", "key") DO UPDATE SET
    generations = t.generations + excluded.generations, images = t.images + excluded.images,
    credits = t.credits + excluded.credits, estimated = t.estimated + excluded.estimated, kept = t.kept + excluded.kept;
  RETURN NULL;
END $$;
CREATE TRIGGER "UsageDay_added" AFTER INSERT ON "UsageDay" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "usage_day_added"();

-- Days are only ever taken away whole.
CREATE FUNCTION "usage_day_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "UsageDayTotal" t USING (SELECT DISTINCT "teamId", day FROM removed) r
  WHERE t."teamId" = r."teamId" AND t.day = r.day;
  RETURN NULL;
END $$;
CREATE TRIGGER "UsageDay_removed" AFTER DELETE ON "UsageDay" REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION "usage_day_removed"();

-- What is rolled up already. Nobody adds or takes away days in between.
LOCK TABLE "UsageDay" IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO "UsageDayTotal"
SELECT u."teamId", d.by, u.day, d.key, sum(u.generations), sum(u.images), sum(u.credits), sum(u.estimated), sum(u.kept)
FROM "UsageDay" u CROSS JOIN LATERAL (VALUES
  ('day'::"UsageDimension", u.day::text),
  ('member', u."makerId"::text),
  ('style', coalesce(u."styleId"::text, '')),
  ('api_key', coalesce(u."apiKeyId"::text, '')),
  ('set', coalesce(u."setId"::text, '')),
  ('outcome', u.outcome::text)
) d (by, key)
GROUP BY 1, 2, 3, 4;
