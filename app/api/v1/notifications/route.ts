import { personRoute } from '@/lib/access/http'
import { notificationQuery } from '@/lib/notifications/schema'
import { listNotifications, markNotificationsRead } from '@/lib/notifications/server'

export const GET = personRoute({ query: notificationQuery }, ({ session, query }) =>
  listNotifications(session, query.limit),
)
/** All that there are have been seen. */
export const POST = personRoute({}, ({ session }) => markNotificationsRead(session))
