import { queryOptions, useMutation, type QueryClient } from '@tanstack/react-query'
import type { NotificationList } from '@/lib/notifications/schema'
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

export function useMarkRead(team: string) {
  return useMutation({
    mutationFn: () => api.post('/api/v1/notifications', {}, { team }),
    meta: { invalidates: [[...notificationQueries.all(team), 'count']] },
  })
}

/** Shows what is loaded as seen. */
export function showAsRead(client: QueryClient, team: string): void {
  changeQueries<NotificationList>(client, notificationQueries.list(team).queryKey, (list) => ({
    ...list,
    unread: 0,
    items: list.items.map((item) => ({ ...item, isRead: true })),
  }))
}
