-- CreateTable
CREATE TABLE "DataDirectory" (
    "id" UUID NOT NULL,
    "isOnly" BOOLEAN NOT NULL DEFAULT true,
    "adoptedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DataDirectory_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DataDirectory_isOnly_key" ON "DataDirectory"("isOnly");

-- From here on by hand.
ALTER TABLE "DataDirectory" ADD CONSTRAINT "DataDirectory_isOnly_check" CHECK ("isOnly");

-- Missing files had marked images undecodable for good: they are tried once more, and those that wait are found at once.
UPDATE "Image" SET "placeholder" = NULL WHERE "placeholder" = '';
CREATE INDEX "Image_no_placeholder_idx" ON "Image" ("createdAt" DESC, "id" DESC)
  WHERE "placeholder" IS NULL AND "state" = 'completed' AND "blobId" IS NOT NULL;

-- What a generation spent is kept for ever; what was merely asked in between has a stated life (docs/operations).
DROP TRIGGER "CreditSnapshot_kept" ON "CreditSnapshot";
CREATE TRIGGER "CreditSnapshot_kept" BEFORE DELETE ON "CreditSnapshot" FOR EACH ROW
  WHEN (OLD."generationId" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
