-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN     "apiKeyId" UUID;

-- AlterTable
ALTER TABLE "ShareLink" ADD COLUMN     "apiKeyId" UUID;
