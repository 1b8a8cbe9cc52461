import 'server-only'
import { getBackupStatus } from '@/lib/backup/status'
import { renewalOf } from '@/lib/budgets/period'
import { forecastOf } from '@/lib/ledger/forecast'
import type { Notice } from '@/lib/mail/notice-schema'
import { adminsOf, notify } from '@/lib/notifications/server'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { runningBudgets, takenShare, usedShareOf } from '@/lib/system/used-shares'
import { SERVER } from '@/lib/upstream/keys'
import { connectionFor, UNREADABLE } from '@/lib/upstream/server'

const EXPIRES_SOON_DAYS = 7
/** Shares of what there was, in percent; of those that were passed only the highest is told. */
const THRESHOLDS = [95, 80, 50]

const passed = (share: number) => THRESHOLDS.find((threshold) => share * 100 >= threshold)

/** One look at everything that people are told of. Each is told once, however often this runs. */
export async function checkAlerts(now = new Date()): Promise<void> {
  await checkAccounts(now)
  await checkBudgets(now)
  await checkApiKeys(now)
  await checkBackups(now)
}

/** The credits of each account that teams generate with, and whether its key works: their admins are told. */
async function checkAccounts(now: Date): Promise<void> {
  const teams = await db().team.findMany({ where: { deletedAt: null }, select: { id: true } })
  const byAccount = new Map<string, string[]>()
  for (const { id } of teams) {
    const { accountId, apiKey, source } = await connectionFor(id)
    if (apiKey === null) await tellAdmins([id], await newsOfUnreadableKey(source === 'own' ? id : SERVER))
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), id])
  }
  for (const [id, teamIds] of byAccount)
    for (const news of await newsOfAccount(id, now)) await tellAdmins(teamIds, news)
}

type News = { occasion: string; notice: Notice }

async function tellAdmins(teamIds: string[], news: News): Promise<void> {
  for (const teamId of teamIds) {
    const userIds = await adminsOf(db(), teamId)
    await db().$transaction((tx) => notify(tx, { teamId, userIds, ...news }))
  }
}

/** Once for a key as it was stored: one that takes its place is another. */
async function newsOfUnreadableKey(scope: string): Promise<News> {
  const row = await db().upstreamKey.findUnique({ where: { scope }, select: { addedAt: true } })
  return {
    occasion: `key of ${scope} ${row?.addedAt.toISOString()}`,
    notice: { kind: 'key_failing', code: UNREADABLE },
  }
}

async function newsOfAccount(id: string, now: Date): Promise<News[]> {
  const account = await db().upstreamAccount.findUniqueOrThrow({ where: { id } })
  const { defaultCredit, monthlyCredit, refilledAt, keyProblem, keyProblemSince, renewsAt } = account
  const left = (defaultCredit ?? 0) + (monthlyCredit ?? 0)
  const percent = passed(usedShareOf(account) ?? 0)
  const news: News[] = []
  if (percent !== undefined) {
    const { runsOutAt } = await forecastOf(id, now)
    const values = { runsOutAt: runsOutAt?.toISOString() ?? null, renewsAt: renewsAt?.toISOString() ?? null }
    news.push({
      occasion: `pool ${id} ${refilledAt?.toISOString()} ${percent}`,
      notice: { kind: 'pool_low', percent, left, ...values },
    })
  }
  if (keyProblem)
    news.push({
      occasion: `key ${id} ${keyProblemSince?.toISOString()}`,
      notice: { kind: 'key_failing', code: keyProblem },
    })
  return news
}

type Near = {
  budgetId: string
  teamId: string
  layer: 'member' | 'role' | 'key' | 'team'
  unit: 'images' | 'credits'
  subjectId: string
  name: string
  creatorId: string | null
  period: string
  resetsAt: Date | null
  left: number
  share: number
}

/** Budgets of which half or more is used or kept aside in the period that runs now. */
async function checkBudgets(now: Date): Promise<void> {
  const rows = await db().$queryRaw<Near[]>`
    SELECT * FROM (
      SELECT b.id::text AS "budgetId", b."teamId"::text AS "teamId", b.scope::text AS layer, b.unit::text AS unit,
        c."subjectId"::text AS "subjectId", c.period::text AS period, ${renewalOf(now)} AS "resetsAt",
        coalesce(u.name, k.name, '') AS name, k."creatorId"::text AS "creatorId",
        greatest(0, b."limit" + c.extra - c.used - c.held)::float8 AS left,
        ${takenShare} AS share
      FROM ${runningBudgets(now)}
      LEFT JOIN "User" u ON b.scope IN ('member', 'role') AND u.id = c."subjectId"
      LEFT JOIN "ApiKey" k ON b.scope = 'key' AND k.id = c."subjectId"
    ) near WHERE share >= ${(THRESHOLDS.at(-1) ?? 0) / 100}`
  for (const { share, budgetId, teamId, subjectId, period, creatorId, resetsAt, ...near } of rows) {
    const percent = passed(share)
    if (percent === undefined) continue
    const isOnes = near.layer === 'member' || near.layer === 'role'
    const userIds = isOnes
      ? [subjectId]
      : [...(creatorId ? [creatorId] : []), ...(await adminsOf(db(), teamId))]
    const values = { layer: near.layer, unit: near.unit, name: near.name, left: near.left }
    await db().$transaction((tx) =>
      notify(tx, {
        ...{ teamId, userIds, occasion: `budget ${budgetId} ${subjectId} ${period} ${percent}` },
        notice: { kind: 'budget_near', percent, ...values, resetsAt: resetsAt?.toISOString() ?? null },
      }),
    )
  }
}

/** API keys that end within a week: whoever made them is told. */
async function checkApiKeys(now: Date): Promise<void> {
  const soon = new Date(now.getTime() + EXPIRES_SOON_DAYS * DAY_MS)
  const keys = await db().apiKey.findMany({
    where: { revokedAt: null, expiresAt: { gt: now, lte: soon }, team: { deletedAt: null } },
    select: { id: true, teamId: true, creatorId: true, name: true, expiresAt: true },
  })
  for (const { id, teamId, creatorId, name, expiresAt } of keys) {
    const at = expiresAt?.toISOString() ?? ''
    await db().$transaction((tx) =>
      notify(tx, {
        ...{ teamId, userIds: [creatorId], occasion: `api-key ${id} ${at}` },
        notice: { kind: 'api_key_expiring', name, expiresAt: at },
      }),
    )
  }
}

/** Backups that are overdue, once for each good one that was the last: everybody's images are at stake. */
async function checkBackups(now: Date): Promise<void> {
  const { state, last } = await getBackupStatus(now.getTime())
  if (state !== 'late') return
  const teams = await db().team.findMany({ where: { deletedAt: null }, select: { id: true } })
  const teamIds = teams.map(({ id }) => id)
  const lastAt = last?.at ?? null
  await tellAdmins(teamIds, { occasion: `backup ${lastAt}`, notice: { kind: 'backup_late', lastAt } })
}
