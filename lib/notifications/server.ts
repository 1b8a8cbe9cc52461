import 'server-only'
import type { Notice } from '@/lib/mail/notice-schema'
import { pathOf } from '@/lib/mail/notice-words'
import { isMailOn, queueMail } from '@/lib/mail/server'
import { notificationInclude, toNotification } from '@/lib/notifications/present'
import type { NotificationList } from '@/lib/notifications/schema'
import { db, type Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { presentRows } from '@/lib/platform/present-rows'

/** Whoever is signed in. */
type Reader = { person: { id: string } }

type News = {
  teamId: string
  userIds: readonly string[]
  /** What it is about: of the same nobody is told again. */
  occasion: string
  notice: Notice
}

/** Tells people something once, by a notification and by mail; who was told of it already is left out. */
export async function notify(tx: Tx, { teamId, userIds, occasion, notice }: News): Promise<void> {
  const { kind, ...values } = notice
  const told = await tx.notification.createManyAndReturn({
    data: [...new Set(userIds)].map((userId) => ({ userId, teamId, kind, values, occasion })),
    skipDuplicates: true,
    select: { userId: true, id: true },
  })
  if (told.length === 0) return
  await publish(tx, ...told.map(({ id }) => ({ team: teamId, kind: 'notification' as const, id })))
  if (isMailOn()) await mail(tx, { teamId, notice, userIds: told.map(({ userId }) => userId) })
}

async function mail(tx: Tx, { teamId, notice, userIds }: Omit<News, 'occasion'>): Promise<void> {
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true, slug: true } })
  const people = await tx.user.findMany({
    where: { id: { in: [...userIds] }, disabledAt: null },
    select: { id: true, name: true, email: true, locale: true },
  })
  for (const { id: userId, name, email, locale } of people)
    await queueMail(tx, {
      ...{ teamId, locale, kind: 'notice', to: { name, address: email, userId } },
      values: { team: team.name, path: pathOf(notice.kind, team.slug), notice },
    })
}

/** Who is told of what concerns the whole team. */
export async function adminsOf(tx: Tx, teamId: string): Promise<string[]> {
  const rows = await tx.membership.findMany({
    where: { teamId, disabledAt: null, role: { in: ['owner', 'admin'] } },
    select: { userId: true },
  })
  return rows.map(({ userId }) => userId)
}

/** Of the teams that the person is in. */
const visibleTo = ({ person }: Reader) => ({
  userId: person.id,
  team: { deletedAt: null, memberships: { some: { userId: person.id, disabledAt: null } } },
})

/** What the person was told of, newest first, and how much of it is new to them. */
export async function listNotifications(
  reader: Reader,
  limit: number = PAGE_SIZES.notifications,
): Promise<NotificationList> {
  const where = visibleTo(reader)
  const [rows, unread] = await Promise.all([
    limit === 0
      ? []
      : db().notification.findMany({
          where,
          include: notificationInclude,
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: limit,
        }),
    db().notification.count({ where: { ...where, readAt: null } }),
  ])
  return { items: presentRows(rows, toNotification), unread }
}

/** Marks what the person has been told of up to that notification as seen: what came since is still new to them. */
export async function markNotificationsRead({ person }: Reader, upTo?: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Notification" SET "readAt" = now()
    WHERE "userId" = ${person.id}::uuid AND "readAt" IS NULL AND (${upTo}::uuid IS NULL OR ("createdAt", id) <= (
      SELECT seen."createdAt", seen.id FROM "Notification" seen WHERE seen.id = ${upTo}::uuid AND seen."userId" = ${person.id}::uuid))`
}
