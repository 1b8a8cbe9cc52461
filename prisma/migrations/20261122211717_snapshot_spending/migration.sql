-- DropIndex
DROP INDEX "UpstreamAccount_kind_keyFingerprint_baseUrl_key";

-- AlterTable
ALTER TABLE "CreditSnapshot" ADD COLUMN     "spent" JSONB;

-- AlterTable
ALTER TABLE "Generation" DROP COLUMN "waits",
ADD COLUMN     "answeredAt" TIMESTAMPTZ(6),
ADD COLUMN     "isDropIn" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "waiter" UUID,
ALTER COLUMN "answer" SET DATA TYPE TEXT;

-- AlterTable
ALTER TABLE "UpstreamAccount" ADD COLUMN     "learnedAt" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "CreditSnapshot_generationId_idx" ON "CreditSnapshot"("generationId");

-- CreateIndex
CREATE INDEX "Generation_teamId_principal_requestHash_idx" ON "Generation"("teamId", "principal", "requestHash");

-- CreateIndex
CREATE UNIQUE INDEX "UpstreamAccount_kind_keyFingerprint_key" ON "UpstreamAccount"("kind", "keyFingerprint");

-- AddForeignKey
ALTER TABLE "CreditSnapshot" ADD CONSTRAINT "CreditSnapshot_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
