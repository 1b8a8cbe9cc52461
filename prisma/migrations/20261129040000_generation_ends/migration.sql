-- Whether another call overlapped is asked at the end of each: without this, all that the account ever generated was read.
CREATE INDEX "Generation_accountId_finishedAt_idx" ON "Generation"("accountId", "finishedAt");
