-- CreateTable
CREATE TABLE "Node" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "imagesIn" TEXT NOT NULL,
    "secretCheck" TEXT NOT NULL,
    "isDraining" BOOLEAN NOT NULL DEFAULT false,
    "loopDelayMs" INTEGER NOT NULL DEFAULT 0,
    "eventDelayMs" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Node_pkey" PRIMARY KEY ("id")
);
