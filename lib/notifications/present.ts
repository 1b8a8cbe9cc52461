import 'server-only'
import { notice } from '@/lib/mail/notice-schema'
import type { Notification } from '@/lib/notifications/schema'
import type { Prisma } from '@/prisma/generated/client'

export const notificationInclude = {
  team: { select: { slug: true, name: true } },
} satisfies Prisma.NotificationInclude

type Row = Prisma.NotificationGetPayload<{ include: typeof notificationInclude }>

export function toNotification({ id, kind, values, team, readAt, createdAt }: Row): Notification {
  return {
    ...{ id, team, isRead: readAt !== null, createdAt: createdAt.toISOString() },
    notice: notice.parse({ ...Object(values), kind }),
  }
}
