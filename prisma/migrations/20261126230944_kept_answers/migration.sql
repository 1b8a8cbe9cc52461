-- AlterTable
ALTER TABLE "Generation" ADD COLUMN     "spoolReader" INTEGER,
ADD COLUMN     "spoolUntil" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "Generation_spoolUntil_idx" ON "Generation"("spoolUntil");

-- A wait that upstream asked for is bounded now (lib/flamel/client); what was put off before is asked for at once.
UPDATE "Generation" SET "notBefore" = NULL WHERE "status" = 'queued' AND "notBefore" > now() + interval '10 minutes';
