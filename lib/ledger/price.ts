import 'server-only'
import { Prisma } from '@/prisma/generated/client'

/** SQL for what the latest run of so many images cost whose images all came and whose credits the balances proved. */
export const latestPrice = (accountId: Prisma.Sql, sample: Prisma.Sql) => Prisma.sql`
  SELECT p.credits FROM "LedgerEntry" p
  WHERE p."accountId" = ${accountId} AND p.sample = ${sample} AND p.kind = 'settle' AND NOT p."isEstimate"
    AND p.images >= p.sample
  ORDER BY p.id DESC LIMIT 1`
