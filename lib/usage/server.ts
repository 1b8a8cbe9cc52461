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
type Row = Sums & { key: string; set: 'all' | 'day' | 'key' }
type Asked = Pick<UsageQuery, 'by' | 'whose'> & Partial<DayRange>

/** SQL for the key of a row `r` of days, as the totals of days have it. */
const keys: Record<UsageBy, Prisma.Sql> = {
  day: Prisma.sql`r.day::text`,
  member: Prisma.sql`r."makerId"::text`,
  style: Prisma.sql`coalesce(r."styleId"::text, '')`,
  'api-key': Prisma.sql`coalesce(r."apiKeyId"::text, '')`,
  set: Prisma.sql`coalesce(r."setId"::text, '')`,
  outcome: Prisma.sql`r.outcome::text`,
}

const summed = Prisma.join(
  ['generations', 'images', 'credits', 'estimated', 'kept'].map((sum) =>
    Prisma.raw(`coalesce(sum(${sum}), 0) AS ${sum}`),
  ),
)

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
  const days = rows.filter(({ set }) => set === 'day')
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
      .map(({ key, images, credits }) => ({ day: key, images, credits }))
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
 * Of one moment: the days that changed since they were rolled up, and the sums with those days from the ledger. The days are
 * asked for first, so that the plan of the sums knows how few they are: what PostgreSQL remembers of "UsageChange", which
 * fills and empties all the time, says nothing about it.
 */
async function readRows(actor: Actor, wanted: Wanted): Promise<Row[]> {
  const { teamId } = actor
  const [first, behind] = [Prisma.sql`${wanted.from}::date`, Prisma.sql`${addDays(wanted.to, 1)}::date`]
  return db().$transaction(
    async (tx) => {
      const changed = await tx.$queryRaw<{ day: string }[]>`
        SELECT DISTINCT ${dayOf(Prisma.sql`c.at`)}::text AS day FROM "UsageChange" c JOIN "Team" t ON t.id = c."teamId"
        WHERE c."teamId" = ${teamId}::uuid AND c.at >= ${beginOf(first)} AND c.at < ${beginOf(behind)}`
      return tx.$queryRaw<Row[]>(
        sumsOf(
          actor,
          wanted,
          changed.map(({ day }) => day),
        ),
      )
    },
    { isolationLevel: 'RepeatableRead' },
  )
}

/**
 * Everybody's are summed from the totals of days, one's own from the days themselves, and those of the days that changed from
 * the ledger.
 */
function sumsOf({ teamId, userId }: Actor, { from, to, by, whose }: Wanted, changed: string[]): Prisma.Sql {
  const days = Prisma.sql`${changed}::date[]`
  const sums = Prisma.raw('generations, images, credits, estimated, kept')
  const rolledUp = Prisma.sql`r."teamId" = ${teamId}::uuid AND r.day BETWEEN ${from}::date AND ${to}::date AND r.day <> ALL (${days})`
  const mine = Prisma.sql`"makerId" = ${userId}::uuid`
  const rolledUpBy = (one: UsageBy) =>
    whose === 'all'
      ? Prisma.sql`SELECT key, ${sums} FROM "UsageDayTotal" r WHERE ${rolledUp} AND r.by = ${one.replace('-', '_')}::"UsageDimension"`
      : Prisma.sql`SELECT ${keys[one]} AS key, ${sums} FROM "UsageDay" r WHERE ${rolledUp} AND r.${mine}`
  const allBy = (one: UsageBy) =>
    Prisma.sql`(${rolledUpBy(one)} UNION ALL SELECT ${keys[one]}, ${sums} FROM changed r)`
  return Prisma.sql`
    WITH changed AS MATERIALIZED (
      SELECT * FROM (${usageOf(teamId, Prisma.sql`unnest(${days}) due (day)`)}) c
      WHERE ${whose === 'all' ? Prisma.sql`true` : Prisma.sql`c.${mine}`}
    ), sums AS (
      SELECT 'key' AS set, key, ${summed} FROM ${allBy(by)} k GROUP BY key
      UNION ALL SELECT 'day', key, ${summed} FROM ${allBy('day')} d GROUP BY key
    )
    SELECT set, key, generations::int, images::int, credits::float8, estimated::float8, kept::int FROM (
      SELECT * FROM sums UNION ALL SELECT 'all', '', ${summed} FROM sums WHERE set = 'day'
    ) s`
}

const nothing: Sums = { generations: 0, images: 0, credits: 0, estimated: 0, kept: 0 }

function amounts({ generations, images, credits, estimated, kept }: Sums): Amounts {
  return { generations, images, credits, estimated, kept, creditsPerKept: kept > 0 ? credits / kept : null }
}

const byUse = (a: UsageItem, b: UsageItem) =>
  b.credits - a.credits || b.images - a.images || b.generations - a.generations || (a.key < b.key ? -1 : 1)
