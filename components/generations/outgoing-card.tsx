'use client'
import { useTranslations } from 'use-intl/react'
import { Elapsed } from '@/components/generations/elapsed'
import { PendingTile, Tiles } from '@/components/generations/tiles'
import { Spinner } from '@/components/ui/spinner'
import type { Outgoing } from '@/lib/drafts/store'

/** A request that the Studio has not answered yet: in place at once, in its final shape. */
export function OutgoingCard({ draft, sentAt }: Pick<Outgoing, 'draft' | 'sentAt'>) {
  const t = useTranslations('generations')
  return (
    <article aria-label={draft.prompt} data-status="outgoing">
      <header className="mb-3 grid gap-y-0.5">
        <h3 className="line-clamp-2 max-w-[68ch] text-15 font-medium break-words">{draft.prompt}</h3>
        <p className="text-13 text-text-3">
          {draft.ratio} · {t('you')}
        </p>
      </header>
      <p className="mb-3 flex min-h-7 items-center gap-3 text-13">
        <Spinner />
        <b className="font-semibold">{t('status.outgoing')}</b>
        <Elapsed since={sentAt} />
      </p>
      <Tiles ratio={draft.ratio} count={draft.sample}>
        {Array.from({ length: draft.sample }, (_, index) => (
          <PendingTile key={index} index={index} />
        ))}
      </Tiles>
    </article>
  )
}
