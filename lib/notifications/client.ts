import { queryOptions, useMutation, type QueryClient } from '@tanstack/react-query'
import type { Notification, NotificationList } from '@/lib/notifications/schema'
import { api } from '@/lib/platform/api-client'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { changeQueries } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'

const read = (team: string, limit: number) => (context: { signal: AbortSignal }) =>
  api.get<NotificationList>(`/api/v1/notifications?limit=${limit}`, { team, signal: context.signal })

export const notificationQueries = {
  all: (team: string) => teamKey('notifications', team),
  /** Only how many are new. */
  count: (team: string) =>
    queryOptions({ queryKey: [...notificationQueries.all(team), 'count'] as const, queryFn: read(team, 0) }),
  list: (team: string) =>
    queryOptions({
      queryKey: [...notificationQueries.all(team), 'list'] as const,
      queryFn: read(team, PAGE_SIZES.notifications),
    }),
}

/** Marks as read what was listed: the latest and all before it. */
export function useMarkRead(team: string) {
  return useMutation({
    mutationFn: (latestId: string) => api.post(`/api/v1/notifications?upTo=${latestId}`, {}, { team }),
    meta: { invalidates: [[...notificationQueries.all(team), 'count']] },
  })
}

/** Shows as read what was on the screen; what came since stays new. */
export function showAsRead(client: QueryClient, team: string, seen: readonly Notification[]): void {
  const ids = new Set(seen.map(({ id }) => id))
  changeQueries<NotificationList>(client, notificationQueries.list(team).queryKey, (list) => {
    const items = list.items.map((item) => (ids.has(item.id) ? { ...item, isRead: true } : item))
    return { ...list, items, unread: items.filter(({ isRead }) => !isRead).length }
  })
}
