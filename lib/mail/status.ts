import 'server-only'
import type { MailStatus } from '@/lib/mail/schema'
import { isMailOn } from '@/lib/mail/server'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import type { MailState } from '@/prisma/generated/client'

const WEEK_MS = 7 * DAY_MS
const TROUBLES_MAX = 20

export async function getMailStatus(teamId: string): Promise<MailStatus> {
  const { MAIL_FROM, SMTP_URL } = env()
  const [waiting, rows] = await Promise.all([
    db().mail.count({ where: { state: { in: ['queued', 'sending'] } } }),
    db().mail.findMany({
      where: {
        state: { in: ['queued', 'sending', 'failed'] },
        problem: { not: null },
        createdAt: { gt: new Date(Date.now() - WEEK_MS) },
        OR: [{ teamId }, { user: { memberships: { some: { teamId } } } }],
      },
      orderBy: { createdAt: 'desc' },
      take: TROUBLES_MAX,
      select: { id: true, toAddress: true, state: true, problem: true, createdAt: true, endedAt: true },
    }),
  ])
  return {
    isOn: isMailOn(),
    from: MAIL_FROM ? `${MAIL_FROM.name} <${MAIL_FROM.address}>`.trim() : null,
    server: SMTP_URL ? new URL(SMTP_URL).host : null,
    waiting,
    troubles: rows.map(({ id, toAddress, state, problem, createdAt, endedAt }) => ({
      ...{ id, to: toAddress, problem: problem ?? '' },
      state: state === 'failed' ? 'failed' : 'waiting',
      at: (endedAt ?? createdAt).toISOString(),
    })),
  }
}

export type MailAbout = { state: 'none' | 'waiting' | 'sent' | 'failed'; problem: string | null }

const SHOWN: Record<MailState, MailAbout['state']> = {
  queued: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  failed: 'failed',
  canceled: 'none',
}

/** What became of the latest mail about each of these rows. */
export async function findMailsAbout(ids: string[]): Promise<Map<string, MailAbout>> {
  const rows = await db().mail.findMany({
    where: { aboutId: { in: ids } },
    orderBy: { createdAt: 'asc' },
    select: { aboutId: true, state: true, problem: true },
  })
  return new Map(rows.map(({ aboutId, state, problem }) => [aboutId ?? '', { state: SHOWN[state], problem }]))
}
