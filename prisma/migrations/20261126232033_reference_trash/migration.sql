-- AlterTable
ALTER TABLE "Reference" ADD COLUMN     "deletedAt" TIMESTAMPTZ(6);
