import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { can, requirePermission } from '@/lib/access/permissions'
import { forecastOf } from '@/lib/ledger/forecast'
import { BYTE_ORDER_MARK, csvResponse } from '@/lib/platform/csv-response'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { csvLine } from '@/lib/text/csv'
import { accountIdFor } from '@/lib/upstream/server'
import { keyNames } from '@/lib/usage/names'
import {
  addDays,
  dayIn,
  daysBetween,
  RANGE_MAX_DAYS,
  rangeOf,
  type DayRange,
  type Period,
} from '@/lib/usage/range'
import { beginOf, dayOf, usageOf } from '@/lib/usage/rollup'
import type { UsageBy } from '@/lib/usage/dimensions'
import type { Amounts, Usage, UsageItem, UsageQuery } from '@/lib/usage/schema'
import { Prisma } from '@/prisma/generated/client'

const LISTED = 500

type Sums = Omit<Amounts, 'creditsPerKept'>
type Row = Sums & { key: string; day: string | null; set: 'all' | 'day' | 'key' }
type Asked = Pick<UsageQuery, 'by' | 'whose'> & Partial<DayRange>

const keys: Record<UsageBy, Prisma.Sql> = {
  day: Prisma.sql`f.day`,
  member: Prisma.sql`f."makerId"`,
  style: Prisma.sql`f."styleId"`,
  'api-key': Prisma.sql`f."apiKeyId"`,
  set: Prisma.sql`f."setId"`,
  outcome: Prisma.sql`f.outcome`,
}

/** What was used, one's own or, for admins, everybody's: from the days rolled up, and from the ledger where one changed since. */
export async function getUsage(actor: Actor, asked: Asked): Promise<Usage> {
  const { items, ...usage } = await readUsage(actor, asked)
  return { ...usage, items: items.slice(0, LISTED), more: Math.max(0, items.length - LISTED) }
}

/** The same as a CSV, with everything. */
export async function exportUsage(actor: Actor, asked: Asked): Promise<Response> {
  const { by, items, from, to } = await readUsage(actor, asked)
  const head = [
    by,
    'name',
    'generations',
    'images',
    'kept',
    'credits',
    'estimated credits',
    'credits per kept image',
  ]
  const lines = items.map(({ key, name, generations, images, kept, credits, estimated, creditsPerKept }) =>
    csvLine([
      key,
      name ?? '',
      ...[generations, images, kept, credits, estimated, creditsPerKept ?? ''].map(String),
    ]),
  )
  return csvResponse(
    `usage-${actor.teamSlug}-${by}-${from}-${to}`,
    BYTE_ORDER_MARK + csvLine(head) + lines.join(''),
  )
}

/** What a page shows of a period, as it is today where the team is. */
export async function getUsageOf(
  actor: Actor,
  { period, ...asked }: Omit<Asked, keyof DayRange> & { period: Period },
): Promise<Usage> {
  return getUsage(actor, { ...asked, ...rangeOf(period, dayIn(await timeZoneOf(actor), new Date())) })
}

/** What is left for everybody, until when it lasts at this week's rate, and when the plan renews. */
export async function getOutlook({ teamId }: Actor) {
  const id = await accountIdFor(teamId)
  const [account, { runsOutAt }] = await Promise.all([
    db().upstreamAccount.findUniqueOrThrow({ where: { id } }),
    forecastOf(id),
  ])
  const { defaultCredit, dailyCredit, monthlyCredit, renewsAt } = account
  const isKnown = defaultCredit !== null && dailyCredit !== null && monthlyCredit !== null
  const total = isKnown ? defaultCredit + dailyCredit + monthlyCredit : null
  return { total, runsOutAt, renewsAt: renewsAt?.toISOString() ?? null }
}

type Whole = Omit<Usage, 'more'>

async function readUsage(actor: Actor, asked: Asked): Promise<Whole> {
  const whose = asked.whose ?? (can(actor, 'see_usage') ? 'all' : 'mine')
  if (whose === 'all') requirePermission(actor, 'see_usage')
  const timeZone = await timeZoneOf(actor)
  const range = completed(asked, dayIn(timeZone, new Date()))
  const rows = await readRows(actor, { ...range, by: asked.by, whose })
  const sums = rows.filter(({ set }) => set === 'key')
  const days = asked.by === 'day' ? sums : rows.filter(({ set }) => set === 'day')
  const nameOf = await keyNames(
    actor.teamId,
    asked.by,
    sums.map(({ key }) => key),
  )
  const items = sums.map(({ key, ...row }): UsageItem => ({ key, ...nameOf(key), ...amounts(row) }))
  return {
    ...range,
    ...{ timeZone, by: asked.by, whose },
    items: asked.by === 'day' ? items.toSorted((a, b) => (a.key < b.key ? -1 : 1)) : items.toSorted(byUse),
    total: amounts(rows.find(({ set }) => set === 'all') ?? nothing),
    days: days
      .map(({ day, images, credits }) => ({ day: day ?? '', images, credits }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  }
}

async function timeZoneOf({ teamId }: Actor): Promise<string> {
  const select = { timeZone: true }
  const { timeZone } = await db().team.findUniqueOrThrow({ where: { id: teamId }, select })
  return timeZone
}

/** What is not said: from the first of the month that it ends in, to today. Throws where that is too long. */
function completed({ from, to }: Partial<DayRange>, today: string): DayRange {
  const end = to ?? (from && from > today ? from : today)
  const range = { from: from ?? rangeOf('month', end).from, to: end }
  if (daysBetween(range.from, range.to) < RANGE_MAX_DAYS) return range
  const wrong = { path: 'from', code: 'too_big', message: `is longer than ${RANGE_MAX_DAYS} days` }
  throw new AppError('validation_failed', { detail: 'Some fields are not valid.', errors: [wrong] })
}

type Wanted = DayRange & { by: UsageBy; whose: 'all' | 'mine' }

/**
 * One statement, so that what is rolled up, and what changed since, are of the same moment. A year of a large team has some
 * hundred thousand rows: they are summed once by day and key, as they are stored, and only those sums are named and grouped.
 */
async function readRows({ teamId, userId }: Actor, { from, to, by, whose }: Wanted): Promise<Row[]> {
  const [first, behind] = [Prisma.sql`${from}::date`, Prisma.sql`${addDays(to, 1)}::date`]
  const rows = db().$queryRaw<Row[]>`
    WITH stale AS MATERIALIZED (
      SELECT DISTINCT ${dayOf(Prisma.sql`c.at`)} AS day FROM "UsageChange" c JOIN "Team" t ON t.id = c."teamId"
      WHERE c."teamId" = ${teamId}::uuid AND c.at >= ${beginOf(first)} AND c.at < ${beginOf(behind)}
    ), used AS (
      SELECT u."teamId", u.day, u."makerId", u."styleId", u."apiKeyId", u."setId", u.outcome, u.generations, u.images,
        u.credits, u.estimated, u.kept
      FROM "UsageDay" u
      WHERE u."teamId" = ${teamId}::uuid AND u.day >= ${first} AND u.day < ${behind} AND u.day NOT IN (SELECT day FROM stale)
      UNION ALL (${usageOf(teamId, Prisma.sql`stale due`)})
    ), summed AS (
      SELECT f.day AS day, ${keys[by]} AS key, sum(f.generations) AS generations, sum(f.images) AS images,
        sum(f.credits) AS credits, sum(f.estimated) AS estimated, sum(f.kept) AS kept
      FROM used f WHERE ${whose === 'all' ? Prisma.sql`true` : Prisma.sql`f."makerId" = ${userId}::uuid`} GROUP BY 1, 2
    ), keyed AS (
      SELECT day::text AS day, coalesce(key::text, '') AS key, generations, images, credits, estimated, kept FROM summed
    )
    SELECT coalesce(key, '') AS key, day,
      CASE grouping(key, day) WHEN 3 THEN 'all' WHEN 2 THEN 'day' ELSE 'key' END AS set,
      coalesce(sum(generations), 0)::int AS generations, coalesce(sum(images), 0)::int AS images,
      coalesce(sum(credits), 0)::float8 AS credits, coalesce(sum(estimated), 0)::float8 AS estimated,
      coalesce(sum(kept), 0)::int AS kept
    FROM keyed
    GROUP BY GROUPING SETS (${by === 'day' ? Prisma.sql`(key, day)` : Prisma.sql`(key), (day)`}, ())`
  // the sums of a year by day and person do not fit into the 4 MB that PostgreSQL gives by itself, and would go to the disk
  const [, read] = await db().$transaction([db().$executeRaw`SET LOCAL work_mem = '32MB'`, rows])
  return read
}

const nothing: Sums = { generations: 0, images: 0, credits: 0, estimated: 0, kept: 0 }

function amounts({ generations, images, credits, estimated, kept }: Sums): Amounts {
  return { generations, images, credits, estimated, kept, creditsPerKept: kept > 0 ? credits / kept : null }
}

const byUse = (a: UsageItem, b: UsageItem) =>
  b.credits - a.credits || b.images - a.images || b.generations - a.generations || (a.key < b.key ? -1 : 1)
