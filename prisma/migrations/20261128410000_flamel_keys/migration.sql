CREATE TYPE "UpstreamChoice" AS ENUM ('server', 'own', 'sandbox');

ALTER TABLE "Team" ADD COLUMN "upstreamChoice" "UpstreamChoice" NOT NULL DEFAULT 'server';

ALTER TABLE "UpstreamAccount" ADD COLUMN "upstreamUserId" TEXT;

CREATE TABLE "UpstreamKey" (
    "scope" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "lastFour" TEXT NOT NULL,
    "addedById" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UpstreamKey_pkey" PRIMARY KEY ("scope")
);

CREATE INDEX "UpstreamKey_accountId_idx" ON "UpstreamKey"("accountId");
CREATE INDEX "UpstreamKey_addedById_idx" ON "UpstreamKey"("addedById");

ALTER TABLE "UpstreamKey" ADD CONSTRAINT "UpstreamKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "UpstreamKey" ADD CONSTRAINT "UpstreamKey_addedById_fkey" FOREIGN KEY ("addedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
