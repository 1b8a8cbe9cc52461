-- Prompts are searched without regard to Latin capitals: the index holds what the search compares. lower() leaves Hangul as it is.
DROP INDEX "Generation_prompt_idx";
CREATE INDEX "Generation_prompt_lower_idx" ON "Generation" USING GIN (lower("prompt") gin_trgm_ops);

-- Pictures that wait for their thumbnail.
CREATE INDEX "Image_unprepared_idx" ON "Image" ("createdAt") WHERE "placeholder" IS NULL AND "state" = 'completed' AND "blobId" IS NOT NULL;
