'use client'
import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { lazy } from 'react'
import { useTranslations } from 'use-intl/react'
import { IconButton } from '@/components/ui/icon-button'
import { MenuButton } from '@/components/ui/menu'
import { untilLoaded } from '@/components/ui/on-demand'
import { notificationQueries } from '@/lib/notifications/client'

const load = () =>
  import('@/components/notifications/notifications-popup').then(({ NotificationsPopup }) => ({
    default: NotificationsPopup,
  }))
const NotificationsPopup = lazy(() => untilLoaded(load))

/** How much there is that the person has not seen; what it is comes when they press. */
export function NotificationsButton({ team }: { team: string }) {
  const t = useTranslations('shell')
  const { data } = useQuery(notificationQueries.count(team))
  const unread = data?.unread ?? 0
  const trigger = (
    <IconButton label={t('notifications', { unread })} className="relative">
      <Bell aria-hidden className="size-4.5" />
      {unread > 0 && (
        <span
          data-count={unread > 9 ? '9+' : unread} // drawn by the style sheet: the name of the button says it in words
          className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-gold px-1 text-11 font-semibold text-gold-ink before:content-[attr(data-count)] phone:top-1.5 phone:right-1.5"
        />
      )}
    </IconButton>
  )
  return (
    <MenuButton trigger={trigger} load={load} shows="dialog">
      <NotificationsPopup team={team} trigger={trigger} />
    </MenuButton>
  )
}
