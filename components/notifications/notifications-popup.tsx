'use client'
import { Popover } from '@base-ui/react/popover'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import type { Trigger } from '@/components/ui/menu-entry'
import { Spinner } from '@/components/ui/spinner'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { pathOf, wordsOf } from '@/lib/mail/notice-words'
import { notificationQueries, showAsRead, useMarkRead } from '@/lib/notifications/client'
import type { Notification } from '@/lib/notifications/schema'

/** What the person was told of, newest first. What is open counts as seen. It opens at once: whoever loads it has pressed. */
export function NotificationsPopup({ team, trigger }: { team: string; trigger: Trigger }) {
  const t = useTranslations('notifications')
  const [isOpen, setOpen] = useState(true)
  const { data } = useQuery({ ...notificationQueries.list(team), enabled: isOpen })
  const { mutate: markRead, isSuccess: isMarked } = useMarkRead(team)
  const client = useQueryClient()
  const latestId = isOpen && data && data.unread > 0 ? data.items[0]?.id : undefined // what comes while it is open is another
  useEffect(() => {
    if (latestId) markRead(latestId)
  }, [latestId, markRead])
  const showOrHide = (isShown: boolean) => {
    setOpen(isShown)
    // they keep their dots until it is closed
    if (!isShown && data && isMarked) showAsRead(client, team, data.items)
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={showOrHide}>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} collisionPadding={8} className="z-50">
          <Popover.Popup className="max-h-(--available-height) w-[min(100vw-16px,380px)] overflow-y-auto rounded-m bg-overlay p-1.5 shadow-lift transition-opacity duration-(--fast) outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Popover.Title className="px-2.5 pt-2 pb-1.5 text-14 font-semibold">{t('title')}</Popover.Title>
            {!data && <Spinner className="m-2.5" />}
            {data?.items.length === 0 && <p className="px-2.5 pt-1 pb-3 text-text-2">{t('none')}</p>}
            <ul>
              {data?.items.map((item) => (
                <li key={item.id}>
                  <Item item={item} onFollow={() => showOrHide(false)} />
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Item({ item, onFollow }: { item: Notification; onFollow: () => void }) {
  const t = useTranslations('notifications')
  const format = useFormatter()
  const ago = useRelativeTime()
  const date = (iso: string) => format.dateTime(new Date(iso), { month: 'short', day: 'numeric' })
  const { title, text } = wordsOf(item.notice, { t, date })
  return (
    <Link
      href={pathOf(item.notice.kind, item.team.slug)}
      onClick={onFollow}
      className="relative block rounded-s py-2.5 pr-2.5 pl-6 outline-none hover:bg-hover focus-visible:bg-hover"
    >
      {!item.isRead && (
        <span className="absolute top-4 left-2.5 size-1.5 rounded-full bg-gold">
          <span className="sr-only">{t('unread')}</span>
        </span>
      )}
      <span className={cn('block', !item.isRead && 'font-medium')}>{title}</span>
      <span className="block text-13 text-text-2">{text}</span>
      <span className="block text-12 text-text-3">
        <bdi>{item.team.name}</bdi> · {ago(item.createdAt)}
      </span>
    </Link>
  )
}
