-- AlterTable
ALTER TABLE "Generation" ADD COLUMN     "abandonedAt" TIMESTAMPTZ(6);
