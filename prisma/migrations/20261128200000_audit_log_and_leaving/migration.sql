-- Which key a machine acted with; the act's own rows are never changed afterwards.
ALTER TABLE "AuditEntry" ADD COLUMN "apiKeyId" UUID;

-- A person who deleted their account: the row stays for what they made, without a name or an address.
ALTER TABLE "User" ADD COLUMN "deletedAt" TIMESTAMPTZ(6);

-- The log is read newest first, by team, by person (who did it, or to whom) and by kind of act.
CREATE INDEX "AuditEntry_teamId_createdAt_id_idx" ON "AuditEntry"("teamId", "createdAt" DESC, "id" DESC);
CREATE INDEX "AuditEntry_actorId_createdAt_id_idx" ON "AuditEntry"("actorId", "createdAt" DESC, "id" DESC);
CREATE INDEX "AuditEntry_subject_createdAt_id_idx" ON "AuditEntry"("subject", "createdAt" DESC, "id" DESC);
CREATE INDEX "AuditEntry_kind_idx" ON "AuditEntry"("teamId", split_part("act", '.', 1), "createdAt" DESC, "id" DESC);

-- The first of them serves what this one did.
DROP INDEX "AuditEntry_teamId_createdAt_idx";

-- A new address counts once the link that was mailed to it is opened.
ALTER TYPE "AccountLinkPurpose" ADD VALUE 'email';
ALTER TABLE "AccountLink" ADD COLUMN "newEmail" TEXT;
