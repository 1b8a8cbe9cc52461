-- AlterEnum
ALTER TYPE "ShareTarget" ADD VALUE 'selection';

-- AlterTable
ALTER TABLE "ShareLink" ADD COLUMN     "imageIds" UUID[] DEFAULT ARRAY[]::UUID[];
