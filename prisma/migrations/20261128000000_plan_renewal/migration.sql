ALTER TABLE "UpstreamAccount" ADD COLUMN "renewsAt" TIMESTAMPTZ(6);
