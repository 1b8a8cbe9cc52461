import { personRoute } from '@/lib/access/http'
import { markReadQuery, notificationQuery } from '@/lib/notifications/schema'
import { listNotifications, markNotificationsRead } from '@/lib/notifications/server'

export const GET = personRoute({ query: notificationQuery }, ({ session, query }) =>
  listNotifications(session, query.limit),
)

export const POST = personRoute({ query: markReadQuery }, ({ session, query }) =>
  markNotificationsRead(session, query.upTo),
)
