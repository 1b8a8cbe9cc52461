-- What only its maker and the team's admins see, until it is published to the team.
ALTER TABLE "Team" ADD COLUMN "isPrivateByDefault" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Generation" ADD COLUMN "isPrivate" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "CampaignSet" ADD COLUMN "isPrivate" BOOLEAN NOT NULL DEFAULT false;
-- The same as its generation's, kept by the triggers below: the gallery asks images alone.
ALTER TABLE "Image" ADD COLUMN "isPrivate" BOOLEAN NOT NULL DEFAULT false;

-- Few images are private, and what is counted without them is counted by these.
CREATE INDEX "Image_private_idx" ON "Image" ("teamId", "createdAt" DESC, id DESC) WHERE "isPrivate";

-- FOR SHARE waits for whoever publishes just now; they then see this image.
CREATE FUNCTION "image_privacy"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT "isPrivate" INTO NEW."isPrivate" FROM "Generation" WHERE id = NEW."generationId" FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER "Image_privacy" BEFORE INSERT ON "Image" FOR EACH ROW EXECUTE FUNCTION "image_privacy"();

CREATE FUNCTION "generation_privacy"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Image" SET "isPrivate" = NEW."isPrivate" WHERE "generationId" = NEW.id AND "isPrivate" <> NEW."isPrivate";
  RETURN NULL;
END $$;
CREATE TRIGGER "Generation_privacy" AFTER UPDATE OF "isPrivate" ON "Generation" FOR EACH ROW
  WHEN (OLD."isPrivate" IS DISTINCT FROM NEW."isPrivate") EXECUTE FUNCTION "generation_privacy"();
