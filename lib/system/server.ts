import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { beginMailAttempt } from '@/lib/account/throttle'
import { getBackupStatus } from '@/lib/backup/status'
import { refreshAccount } from '@/lib/credits/account-facts'
import { OPEN } from '@/lib/platform/open-statuses'
import { isMailOn, sendTestMail } from '@/lib/mail/server'
import { getMailStatus } from '@/lib/mail/status'
import { connectionCounts, db } from '@/lib/platform/db'
import { roomUnder } from '@/lib/platform/disk-room'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { loopDelayMs } from '@/lib/platform/metrics'
import { livingProcesses } from '@/lib/platform/process'
import { blobStore, objectStore } from '@/lib/platform/storage'
import { longestWait, readWaiting } from '@/lib/system/figures'
import { listNodes } from '@/lib/system/nodes'
import type { BalanceDay, MailTest, System } from '@/lib/system/schema'
import { connectionFor, slotsOf, UNREADABLE } from '@/lib/upstream/server'
import { spoolDir } from '@/lib/upstream/spool'
import { version } from '@/package.json'

const DAYS = 30

/** How the studio stands: for admins, without anything secret. */
export async function getSystem(actor: Actor): Promise<System> {
  requirePermission(actor, 'see_system')
  const { accountId, baseUrl, apiKey, source } = await connectionFor(actor.teamId)
  const [account, balances, queue, open, processes, nodes, mail, backup, storage, postgres] =
    await Promise.all([
      db().upstreamAccount.findUniqueOrThrow({ where: { id: accountId } }),
      listBalances(accountId),
      countQueue(accountId),
      readWaiting(),
      livingProcesses(),
      listNodes(),
      getMailStatus(actor.teamId),
      getBackupStatus(),
      measureStorage(actor.teamId),
      postgresVersion(),
    ])
  const { defaultCredit, dailyCredit, monthlyCredit } = account
  const connections = connectionCounts()
  return {
    upstream: {
      kind: account.kind,
      source,
      address: baseUrl,
      keyProblem: apiKey === null ? UNREADABLE : account.keyProblem,
      checkedAt: account.checkedAt?.toISOString() ?? null,
      defaultCredit,
      dailyCredit,
      monthlyCredit,
      seenAt: account.balancesSeenAt?.toISOString() ?? null,
    },
    balances,
    slots: { total: slotsOf(account), inUse: queue.underWay },
    queue,
    longestWaitS: longestWait(open),
    processes: {
      all: processes.ids.size,
      dispatchers: processes.dispatchers,
      hasDispatcher: processes.hasDispatcher,
    },
    nodes,
    process: {
      connections: { inUse: connections.busy, total: connections.most },
      loopDelayMs: loopDelayMs(),
    },
    mail,
    backup,
    storage,
    versions: { studio: version, node: process.versions.node, postgres },
  }
}

/** Asks upstream whether the key works, now; the answer is in the account. Costs nothing. */
export async function checkKey(actor: Actor): Promise<System> {
  requirePermission(actor, 'see_system')
  await refreshAccount(await connectionFor(actor.teamId), AbortSignal.timeout(15_000))
  return getSystem(actor)
}

/** Sends a test mail to the actor, now. Throws `mail_off`, `too_many_requests`. */
export async function sendTest(actor: Actor): Promise<MailTest> {
  requirePermission(actor, 'see_system')
  if (!isMailOn()) throw new AppError('mail_off')
  const attempt = await beginMailAttempt({ email: `test ${actor.userId}`, network: actor.userId })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const select = { name: true, email: true, locale: true } as const
  const { name, email, locale } = await db().user.findUniqueOrThrow({ where: { id: actor.userId }, select })
  const delivery = await sendTestMail({ name, address: email }, locale)
  return { to: email, state: delivery.state, problem: delivery.state === 'sent' ? null : delivery.problem }
}

/** The last snapshot of each day on which there was one. */
async function listBalances(accountId: string): Promise<BalanceDay[]> {
  const rows = await db().$queryRaw<BalanceDay[]>`
    SELECT DISTINCT ON (day) day, "defaultCredit", "dailyCredit", "monthlyCredit"
    FROM (
      SELECT to_char("receivedAt" AT TIME ZONE ${env().STUDIO_TIME_ZONE}, 'YYYY-MM-DD') AS day, *
      FROM "CreditSnapshot"
      WHERE "accountId" = ${accountId}::uuid AND "receivedAt" > now() - make_interval(days => ${DAYS * 2})
    ) AS seen
    ORDER BY day DESC, "receivedAt" DESC
    LIMIT ${DAYS}`
  return rows.reverse()
}

async function countQueue(accountId: string): Promise<System['queue']> {
  const counts = await db().generation.groupBy({
    by: ['status'],
    where: { accountId, status: { in: [...OPEN, 'unknown'] } },
    _count: true,
  })
  const of = (status: string) => counts.find((count) => count.status === status)?._count ?? 0
  return { waiting: of('queued'), underWay: of('sending') + of('pending'), unknown: of('unknown') }
}

async function measureStorage(teamId: string): Promise<System['storage']> {
  const [blobs, freeBytes, room] = await Promise.all([
    db().blob.aggregate({ where: { teamId }, _sum: { sizeBytes: true }, _count: true }),
    roomUnder(spoolDir()), // wherever images are kept, an answer comes here first
    blobStore().room(),
  ])
  const address = objectStore()?.address
  return {
    imageBytes: blobs._sum.sizeBytes ?? 0,
    imageCount: blobs._count,
    freeBytes,
    objectStore: address ? { address, isReachable: room > 0 } : null,
  }
}

async function postgresVersion(): Promise<string> {
  const [row] = await db().$queryRaw<
    { version: string }[]
  >`SELECT current_setting('server_version') AS version`
  return row?.version ?? ''
}
