CREATE TABLE "Notification" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "occasion" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Notification_userId_createdAt_id_idx" ON "Notification"("userId", "createdAt" DESC, "id" DESC);

CREATE UNIQUE INDEX "Notification_userId_occasion_key" ON "Notification"("userId", "occasion");

ALTER TABLE "Notification" ADD CONSTRAINT "Notification_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Notification" ADD CONSTRAINT "Notification_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "UpstreamAccount"
  ADD COLUMN "fullCredit" DOUBLE PRECISION,
  ADD COLUMN "refilledAt" TIMESTAMPTZ(6),
  ADD COLUMN "keyProblemSince" TIMESTAMPTZ(6);

-- What a purchase or a renewal filled the balances to: all shares of what is used are of that. Daily credits come anew by
-- themselves and are none of it; what rises by less than a tenth is a refund.
CREATE FUNCTION "account_watched"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total DOUBLE PRECISION := NEW."defaultCredit" + NEW."monthlyCredit";
  before DOUBLE PRECISION := OLD."defaultCredit" + OLD."monthlyCredit";
BEGIN
  IF total IS NOT NULL AND (NEW."fullCredit" IS NULL OR total > NEW."fullCredit"
    OR (total > before AND total - before >= NEW."fullCredit" / 10)) THEN
    NEW."fullCredit" := total;
    NEW."refilledAt" := now();
  END IF;
  IF NEW."keyProblem" IS NULL THEN
    NEW."keyProblemSince" := NULL;
  ELSIF OLD."keyProblem" IS NULL THEN
    NEW."keyProblemSince" := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "UpstreamAccount_watched" BEFORE UPDATE ON "UpstreamAccount" FOR EACH ROW EXECUTE FUNCTION "account_watched"();
