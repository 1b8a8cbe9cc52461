ALTER TABLE "Image"
  ADD COLUMN "thumbnailDueAt" TIMESTAMPTZ(6),
  ADD COLUMN "thumbnailTries" INTEGER NOT NULL DEFAULT 0;

-- "Image_no_placeholder_idx" has the same rows in the order that they are taken in.
DROP INDEX "Image_unprepared_idx";
