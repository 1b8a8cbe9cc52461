CREATE TABLE "CampaignSet" (
  "id" UUID NOT NULL,
  "teamId" UUID NOT NULL,
  "makerId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "prompt" TEXT NOT NULL,
  "groupId" TEXT NOT NULL,
  "products" TEXT[],
  "pausedAt" TIMESTAMPTZ(6),
  "idempotencyKey" TEXT NOT NULL,
  "requestHash" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "CampaignSet_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "CampaignSet_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "CampaignSet_makerId_fkey" FOREIGN KEY ("makerId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "CampaignSet_teamId_makerId_idempotencyKey_key" ON "CampaignSet" ("teamId", "makerId", "idempotencyKey");
CREATE INDEX "CampaignSet_teamId_createdAt_id_idx" ON "CampaignSet" ("teamId", "createdAt" DESC, "id" DESC);

ALTER TABLE "Generation"
  ADD COLUMN "setId" UUID,
  ADD COLUMN "setCell" INTEGER,
  ADD COLUMN "isSetHead" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "isHeld" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "Generation_setId_fkey" FOREIGN KEY ("setId") REFERENCES "CampaignSet" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Generation_set_check" CHECK (("setId" IS NULL) = ("setCell" IS NULL) AND ("setId" IS NOT NULL OR NOT "isSetHead"));

-- Few generations belong to a set.
CREATE INDEX "Generation_set_idx" ON "Generation" ("setId", "setCell", "createdAt" DESC, id DESC) WHERE "setId" IS NOT NULL;
