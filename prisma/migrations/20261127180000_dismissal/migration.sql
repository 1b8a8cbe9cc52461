ALTER TABLE "Generation" ADD COLUMN "dismissedAt" TIMESTAMPTZ(6);

-- What somebody has to look at: few among many.
CREATE INDEX "Generation_unknown_idx" ON "Generation" ("teamId", "createdAt" DESC, id DESC) WHERE status = 'unknown';
