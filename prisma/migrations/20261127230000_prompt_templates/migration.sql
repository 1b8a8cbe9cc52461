CREATE TABLE "PromptTemplate" (
  "id" UUID NOT NULL,
  "teamId" UUID NOT NULL,
  "makerId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "uses" INTEGER NOT NULL DEFAULT 0,
  "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT "PromptTemplate_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "PromptTemplate_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "PromptTemplate_makerId_fkey" FOREIGN KEY ("makerId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "PromptTemplate_name_idx" ON "PromptTemplate" ("teamId", lower("name"));

-- The latest use of a prompt by a person: a prompt stands once in the history, where it was used last.
CREATE INDEX "Generation_latest_use_idx" ON "Generation" ("teamId", "principal", md5("prompt"), "createdAt" DESC, "id" DESC);
