import { z } from 'zod'
import { notice } from '@/lib/mail/notice-schema'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'

export const notificationQuery = z.object({
  limit: z.coerce.number().int().min(0).max(PAGE_MAX).default(PAGE_SIZES.notifications),
})

/** The latest that the person has seen; without it all that there are. */
export const markReadQuery = z.object({ upTo: z.uuid().optional() })

export const notificationResource = z.object({
  id: z.uuid(),
  team: z.object({ slug: z.string(), name: z.string() }),
  notice,
  isRead: z.boolean(),
  createdAt: z.iso.datetime(),
})

export type Notification = z.infer<typeof notificationResource>
export const notificationListResource = z.object({ items: z.array(notificationResource), unread: z.number() })
export type NotificationList = z.infer<typeof notificationListResource>
