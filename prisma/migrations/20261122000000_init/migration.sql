-- Substring search in prompts, Korean too.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "GenerationStatus" AS ENUM ('queued', 'sending', 'pending', 'succeeded', 'failed', 'unknown', 'canceled');

-- CreateEnum
CREATE TYPE "Charged" AS ENUM ('no', 'yes', 'unknown');

-- CreateEnum
CREATE TYPE "SourceKind" AS ENUM ('style', 'reference', 'image');

-- CreateEnum
CREATE TYPE "ImageState" AS ENUM ('completed', 'failed', 'pending');

-- CreateEnum
CREATE TYPE "ShareTarget" AS ENUM ('image', 'generation', 'group');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "UpstreamKind" AS ENUM ('sandbox', 'flamel');

-- CreateTable
CREATE TABLE "Generation" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "makerId" UUID NOT NULL,
    "principal" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "status" "GenerationStatus" NOT NULL DEFAULT 'queued',
    "statusReason" TEXT,
    "errorCode" TEXT,
    "errorParameter" TEXT,
    "charged" "Charged",
    "groupId" TEXT NOT NULL,
    "upstreamGroupId" TEXT,
    "prompt" TEXT NOT NULL,
    "ratio" TEXT NOT NULL,
    "sample" INTEGER NOT NULL,
    "sourceKind" "SourceKind" NOT NULL,
    "styleId" BIGINT,
    "imageId" BIGINT,
    "reference" TEXT,
    "request" JSONB NOT NULL,
    "platform" TEXT,
    "type" TEXT,
    "answer" JSONB,
    "answerStatus" INTEGER,
    "idempotencyKey" TEXT,
    "requestHash" TEXT NOT NULL,
    "waits" BOOLEAN NOT NULL DEFAULT false,
    "notBefore" TIMESTAMPTZ(6),
    "queueDeadline" TIMESTAMPTZ(6),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" UUID,
    "leaseExpiresAt" TIMESTAMPTZ(6),
    "spool" TEXT,
    "claimedAt" TIMESTAMPTZ(6),
    "sentAt" TIMESTAMPTZ(6),
    "finishedAt" TIMESTAMPTZ(6),
    "resolvedById" UUID,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" UUID NOT NULL,
    "generationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "teamId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "makerId" UUID NOT NULL,
    "upstreamId" BIGINT,
    "state" "ImageState" NOT NULL,
    "error" TEXT,
    "blurReason" TEXT,
    "blobId" UUID,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "ratio" TEXT NOT NULL,
    "styleId" BIGINT,
    "placeholder" TEXT,
    "thumbnailId" UUID,
    "favouriteAt" TIMESTAMPTZ(6),
    "deletedAt" TIMESTAMPTZ(6),
    "deletedById" UUID,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blob" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "mimeType" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShareLink" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "makerId" UUID NOT NULL,
    "target" "ShareTarget" NOT NULL,
    "targetId" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "tokenHash" BYTEA NOT NULL,
    "tokenCipher" BYTEA NOT NULL,
    "passwordHash" TEXT,
    "showPrompt" BOOLEAN NOT NULL DEFAULT false,
    "allowDownload" BOOLEAN NOT NULL DEFAULT true,
    "viewCount" INTEGER NOT NULL DEFAULT 0,
    "lastViewedAt" TIMESTAMPTZ(6),
    "expiresAt" TIMESTAMPTZ(6),
    "revokedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShareLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "locale" TEXT,
    "theme" TEXT,
    "lastTeamId" UUID,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(6),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(6),

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("teamId","userId")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "tokenCipher" BYTEA NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(6),
    "acceptedById" UUID,
    "revokedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "creatorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(6),
    "expiresAt" TIMESTAMPTZ(6),
    "revokedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SignInThrottle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "teamId" UUID,
    "actorId" UUID,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UpstreamAccount" (
    "id" UUID NOT NULL,
    "kind" "UpstreamKind" NOT NULL,
    "teamId" UUID,
    "baseUrl" TEXT NOT NULL,
    "keyFingerprint" TEXT NOT NULL,
    "planSlots" INTEGER,
    "learnedSlots" INTEGER,
    "defaultCredit" DOUBLE PRECISION,
    "dailyCredit" DOUBLE PRECISION,
    "monthlyCredit" DOUBLE PRECISION,
    "balancesSeenAt" TIMESTAMPTZ(6),
    "keyProblem" TEXT,
    "checkedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UpstreamAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditSnapshot" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "generationId" UUID,
    "defaultCredit" DOUBLE PRECISION NOT NULL,
    "dailyCredit" DOUBLE PRECISION NOT NULL,
    "monthlyCredit" DOUBLE PRECISION NOT NULL,
    "sentAt" TIMESTAMPTZ(6) NOT NULL,
    "receivedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "CreditSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Style" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "styleId" BIGINT NOT NULL,
    "nameKo" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "superCategory" TEXT NOT NULL DEFAULT '',
    "mainCategory" TEXT NOT NULL DEFAULT '',
    "thumbnailId" UUID,
    "hiddenAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Style_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StyleFavourite" (
    "styleRowId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StyleFavourite_pkey" PRIMARY KEY ("styleRowId","userId")
);

-- CreateTable
CREATE TABLE "Reference" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "makerId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "blobId" UUID,
    "width" INTEGER,
    "height" INTEGER,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reference_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Generation_teamId_createdAt_id_idx" ON "Generation"("teamId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Generation_teamId_makerId_createdAt_id_idx" ON "Generation"("teamId", "makerId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Generation_teamId_groupId_idx" ON "Generation"("teamId", "groupId");

-- CreateIndex
CREATE INDEX "Generation_accountId_makerId_claimedAt_idx" ON "Generation"("accountId", "makerId", "claimedAt" DESC);

-- CreateIndex
CREATE INDEX "Generation_prompt_idx" ON "Generation" USING GIN ("prompt" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Generation_teamId_principal_idempotencyKey_key" ON "Generation"("teamId", "principal", "idempotencyKey");

-- CreateIndex
CREATE INDEX "Image_blobId_idx" ON "Image"("blobId");

-- CreateIndex
CREATE INDEX "Image_thumbnailId_idx" ON "Image"("thumbnailId");

-- CreateIndex
CREATE UNIQUE INDEX "Image_generationId_position_key" ON "Image"("generationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Image_accountId_upstreamId_key" ON "Image"("accountId", "upstreamId");

-- CreateIndex
CREATE UNIQUE INDEX "Blob_teamId_sha256_key" ON "Blob"("teamId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "ShareLink_tokenHash_key" ON "ShareLink"("tokenHash");

-- CreateIndex
CREATE INDEX "ShareLink_teamId_createdAt_idx" ON "ShareLink"("teamId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_createdAt_idx" ON "Session"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");

-- CreateIndex
CREATE UNIQUE INDEX "Team_slug_key" ON "Team"("slug");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_teamId_createdAt_idx" ON "Invitation"("teamId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_sha256_key" ON "ApiKey"("sha256");

-- CreateIndex
CREATE INDEX "ApiKey_teamId_createdAt_idx" ON "ApiKey"("teamId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "AuditEntry_teamId_createdAt_idx" ON "AuditEntry"("teamId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "UpstreamAccount_teamId_idx" ON "UpstreamAccount"("teamId");

-- CreateIndex
CREATE UNIQUE INDEX "UpstreamAccount_kind_keyFingerprint_baseUrl_key" ON "UpstreamAccount"("kind", "keyFingerprint", "baseUrl");

-- CreateIndex
CREATE INDEX "CreditSnapshot_accountId_receivedAt_idx" ON "CreditSnapshot"("accountId", "receivedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Style_teamId_accountId_styleId_key" ON "Style"("teamId", "accountId", "styleId");

-- CreateIndex
CREATE INDEX "Reference_teamId_createdAt_idx" ON "Reference"("teamId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Reference_teamId_accountId_path_key" ON "Reference"("teamId", "accountId", "path");

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_makerId_fkey" FOREIGN KEY ("makerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_blobId_fkey" FOREIGN KEY ("blobId") REFERENCES "Blob"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_thumbnailId_fkey" FOREIGN KEY ("thumbnailId") REFERENCES "Blob"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Blob" ADD CONSTRAINT "Blob_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShareLink" ADD CONSTRAINT "ShareLink_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_creatorId_fkey" FOREIGN KEY ("creatorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpstreamAccount" ADD CONSTRAINT "UpstreamAccount_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditSnapshot" ADD CONSTRAINT "CreditSnapshot_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Style" ADD CONSTRAINT "Style_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Style" ADD CONSTRAINT "Style_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Style" ADD CONSTRAINT "Style_thumbnailId_fkey" FOREIGN KEY ("thumbnailId") REFERENCES "Blob"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StyleFavourite" ADD CONSTRAINT "StyleFavourite_styleRowId_fkey" FOREIGN KEY ("styleRowId") REFERENCES "Style"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StyleFavourite" ADD CONSTRAINT "StyleFavourite_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reference" ADD CONSTRAINT "Reference_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reference" ADD CONSTRAINT "Reference_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "UpstreamAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reference" ADD CONSTRAINT "Reference_blobId_fkey" FOREIGN KEY ("blobId") REFERENCES "Blob"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema cannot say. Prisma's diff does not see these, so they stay.

-- What is still to be sent, oldest first; and what holds a slot of its account.
CREATE INDEX "Generation_queued_idx" ON "Generation" ("accountId", "createdAt") WHERE "status" = 'queued';
CREATE INDEX "Generation_in_flight_idx" ON "Generation" ("accountId", "leaseExpiresAt") WHERE "status" IN ('sending', 'pending');
-- Identical bodies of waiting callers are joined within a window.
CREATE INDEX "Generation_join_idx" ON "Generation" ("teamId", "principal", "requestHash", "createdAt" DESC) WHERE "waits";

-- The gallery (all, of a person, of a style) and the trash: each starts with the team and ends with the cursor.
CREATE INDEX "Image_gallery_idx" ON "Image" ("teamId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL;
CREATE INDEX "Image_gallery_maker_idx" ON "Image" ("teamId", "makerId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL;
CREATE INDEX "Image_gallery_style_idx" ON "Image" ("teamId", "styleId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL;
CREATE INDEX "Image_favourite_idx" ON "Image" ("teamId", "createdAt" DESC, "id" DESC) WHERE "deletedAt" IS NULL AND "favouriteAt" IS NOT NULL;
CREATE INDEX "Image_trash_idx" ON "Image" ("teamId", "deletedAt" DESC, "id" DESC) WHERE "deletedAt" IS NOT NULL;

-- One person per address, however it is capitalised.
CREATE UNIQUE INDEX "User_email_lower_key" ON "User" (lower("email"));

ALTER TABLE "Generation"
  ADD CONSTRAINT "Generation_sample_check" CHECK ("sample" IN (1, 2, 4)),
  ADD CONSTRAINT "Generation_prompt_check" CHECK (char_length("prompt") <= 1200),
  ADD CONSTRAINT "Generation_attempts_check" CHECK ("attempts" >= 0),
  ADD CONSTRAINT "Generation_source_check" CHECK (CASE "sourceKind"
    WHEN 'style' THEN "styleId" IS NOT NULL AND "reference" IS NULL
    WHEN 'reference' THEN "reference" IS NOT NULL AND "styleId" IS NULL AND "imageId" IS NULL
    WHEN 'image' THEN "imageId" IS NOT NULL AND "styleId" IS NULL AND "reference" IS NULL
  END),
  ADD CONSTRAINT "Generation_lease_check" CHECK (
    ("leaseOwner" IS NULL) = ("leaseExpiresAt" IS NULL)
    AND ("leaseOwner" IS NULL OR "status" IN ('sending', 'pending'))
    AND ("status" <> 'sending' OR "leaseOwner" IS NOT NULL)),
  ADD CONSTRAINT "Generation_finished_check" CHECK ("status" NOT IN ('succeeded', 'failed', 'canceled') OR "finishedAt" IS NOT NULL),
  ADD CONSTRAINT "Generation_error_check" CHECK ("status" <> 'failed' OR "errorCode" IS NOT NULL);

ALTER TABLE "Image"
  ADD CONSTRAINT "Image_position_check" CHECK ("position" BETWEEN 0 AND 15),
  ADD CONSTRAINT "Image_size_check" CHECK ("width" >= 0 AND "height" >= 0);

ALTER TABLE "Blob"
  ADD CONSTRAINT "Blob_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "Blob_sizeBytes_check" CHECK ("sizeBytes" >= 0);

-- PostgreSQL sorts NaN above Infinity: one comparison keeps both out.
ALTER TABLE "CreditSnapshot"
  ADD CONSTRAINT "CreditSnapshot_finite_check" CHECK (
    "defaultCredit" > '-Infinity' AND "defaultCredit" < 'Infinity'
    AND "dailyCredit" > '-Infinity' AND "dailyCredit" < 'Infinity'
    AND "monthlyCredit" > '-Infinity' AND "monthlyCredit" < 'Infinity');
ALTER TABLE "UpstreamAccount"
  ADD CONSTRAINT "UpstreamAccount_finite_check" CHECK (
    "defaultCredit" > '-Infinity' AND "defaultCredit" < 'Infinity'
    AND "dailyCredit" > '-Infinity' AND "dailyCredit" < 'Infinity'
    AND "monthlyCredit" > '-Infinity' AND "monthlyCredit" < 'Infinity'),
  ADD CONSTRAINT "UpstreamAccount_slots_check" CHECK ("planSlots" >= 1 AND "learnedSlots" >= 1);

ALTER TABLE "Team" ADD CONSTRAINT "Team_slug_check" CHECK ("slug" = lower("slug") AND "slug" <> '');
ALTER TABLE "ApiKey"
  ADD CONSTRAINT "ApiKey_sha256_check" CHECK (octet_length("sha256") = 32),
  ADD CONSTRAINT "ApiKey_scopes_check" CHECK ("scopes" <@ ARRAY['read', 'generate', 'manage'] AND cardinality("scopes") > 0);
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_tokenHash_check" CHECK (octet_length("tokenHash") = 32);
ALTER TABLE "ShareLink"
  ADD CONSTRAINT "ShareLink_tokenHash_check" CHECK (octet_length("tokenHash") = 32),
  ADD CONSTRAINT "ShareLink_viewCount_check" CHECK ("viewCount" >= 0);

-- What was spent and what was done is never deleted; what was done is never rewritten either.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of "%" is refused: its rows are kept for ever', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Generation_kept" BEFORE DELETE ON "Generation" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "CreditSnapshot_kept" BEFORE DELETE ON "CreditSnapshot" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "AuditEntry_kept" BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
