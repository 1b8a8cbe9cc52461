CREATE TYPE "QueueMode" AS ENUM ('open', 'paused', 'draining');

ALTER TABLE "Team" ADD COLUMN "queueMode" "QueueMode" NOT NULL DEFAULT 'open';
ALTER TABLE "Generation" ADD COLUMN "movedUpAt" TIMESTAMPTZ(6);

-- Few are moved up, and only for as long as they wait.
CREATE INDEX "Generation_moved_up_idx" ON "Generation" ("accountId", "teamId", "movedUpAt" DESC)
  WHERE status = 'queued' AND "movedUpAt" IS NOT NULL;
