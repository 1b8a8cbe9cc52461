import 'server-only'
import { Prisma } from '@/prisma/generated/client'

/** Requests at once have no time: all of them count in one period. */
const TIMELESS = Prisma.sql`DATE '2000-01-01'`

/**
 * SQL for the first day, in the team's time zone, of the day, week (from Monday) or month that `at` lies in. A date and no
 * moment: a team that changes its time zone stays in its period. `b` is a Budget and `t` its Team.
 */
export const periodOf = (at: Date) => Prisma.sql`CASE b."window" WHEN 'at_once' THEN ${TIMELESS}
  ELSE date_trunc(b."window"::text, ${at}::timestamptz AT TIME ZONE t."timeZone")::date END`

/** SQL for the moment at which the period after that one begins: midnight there. Null for requests at once. */
export const renewalOf = (at: Date) => Prisma.sql`CASE b."window" WHEN 'at_once' THEN NULL
  ELSE (date_trunc(b."window"::text, ${at}::timestamptz AT TIME ZONE t."timeZone") + ('1 ' || b."window")::interval)
    AT TIME ZONE t."timeZone" END`

/** SQL for the moment at which the period of `at` began. */
export const beginningOf = (at: Date) => Prisma.sql`CASE b."window" WHEN 'at_once' THEN '-infinity'
  ELSE date_trunc(b."window"::text, ${at}::timestamptz AT TIME ZONE t."timeZone") AT TIME ZONE t."timeZone" END`
