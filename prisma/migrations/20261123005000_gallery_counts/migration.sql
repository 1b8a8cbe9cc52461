-- The gallery shows completed pictures only: said in its indexes, its counts are read from them alone.
DROP INDEX "Image_gallery_idx";
DROP INDEX "Image_gallery_maker_idx";
DROP INDEX "Image_gallery_style_idx";
DROP INDEX "Image_favourite_idx";
CREATE INDEX "Image_gallery_idx" ON "Image" ("teamId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "state" = 'completed';
CREATE INDEX "Image_gallery_maker_idx" ON "Image" ("teamId", "makerId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "state" = 'completed';
CREATE INDEX "Image_gallery_style_idx" ON "Image" ("teamId", "styleId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "state" = 'completed';
CREATE INDEX "Image_gallery_ratio_idx" ON "Image" ("teamId", "ratio", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "state" = 'completed';
CREATE INDEX "Image_favourite_idx" ON "Image" ("teamId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "state" = 'completed' AND "favouriteAt" IS NOT NULL;
