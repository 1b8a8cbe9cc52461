'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { LinkRow } from '@/components/share-links/link-row'
import { Button, buttonClass } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { Notice } from '@/components/ui/notice'
import { onDemand } from '@/components/ui/on-demand'
import { Skeleton } from '@/components/ui/skeleton'
import { errorKey } from '@/lib/platform/api-client'
import { shareLinkQueries } from '@/lib/share-links/client'
import type { ShareLink } from '@/lib/share-links/schema'

const EditShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.EditShareDialog),
)

type ListProps = { team: string; state: 'open' | 'ended' }

/** The team's links: open ones to copy, change and revoke; ended ones to look back on. */
export function LinkList({ team, state }: ListProps) {
  const c = useTranslations('common')
  const links = useInfiniteQuery(shareLinkQueries.list(team, state))
  const [edited, setEdited] = useState<ShareLink | null>(null)
  const items = links.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <StateTabs team={team} state={state} />
      {links.error && !items && (
        <Notice
          title={c(errorKey(links.error))}
          actions={<Button onClick={() => void links.refetch()}>{c('retry')}</Button>}
        />
      )}
      {links.isPending && <Waiting />}
      {items?.length === 0 && <NoLinks team={team} state={state} />}
      {items && items.length > 0 && (
        <ul className="divide-y divide-line">
          {items.map((link) => (
            <LinkRow key={link.id} team={team} link={link} onEdit={() => setEdited(link)} />
          ))}
        </ul>
      )}
      <MoreOfIt key={state} query={links} className="pt-6" />
      {edited && (
        <EditShareDialog
          team={team}
          link={items?.find((link) => link.id === edited.id) ?? edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

function StateTabs({ team, state }: ListProps) {
  const t = useTranslations('share')
  const tabs = [
    { state: 'open', href: `/t/${team}/links`, label: t('links.openTab') },
    { state: 'ended', href: `/t/${team}/links?state=ended`, label: t('links.endedTab') },
  ]
  return (
    <nav aria-label={t('links.title')} className="mt-6 mb-2 flex gap-5 border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.state}
          href={tab.href}
          aria-current={tab.state === state ? 'page' : undefined}
          className={cn(
            'touch -mb-px border-b-2 py-2.5 text-14 font-medium',
            tab.state === state ? 'border-text' : 'border-transparent text-text-2 hover:text-text',
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}

function NoLinks({ team, state }: ListProps) {
  const t = useTranslations('share')
  if (state === 'ended')
    return <EmptyState title={t('links.emptyEnded')}>{t('links.emptyEndedText')}</EmptyState>
  return (
    <EmptyState
      title={t('links.empty')}
      actions={
        <Link href={`/t/${team}/gallery`} className={buttonClass()}>
          {t('links.toGallery')}
        </Link>
      }
    >
      {t('links.emptyText')}
    </EmptyState>
  )
}

function Waiting() {
  const c = useTranslations('common')
  return (
    <div role="status" aria-label={c('loading')} className="grid gap-3 py-4">
      {[1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-20" />
      ))}
    </div>
  )
}
