'use client'
import { useTranslations } from 'use-intl/react'
import { Elapsed } from '@/components/generations/elapsed'
import { PendingTiles } from '@/components/generations/pending-tiles'
import { Spinner } from '@/components/ui/spinner'
import type { Outgoing } from '@/lib/drafts/store'

/** A request that the Studio has not answered yet: in place at once, in its final shape. */
export function OutgoingCard({ draft, sentAt }: Pick<Outgoing, 'draft' | 'sentAt'>) {
  const t = useTranslations('generations')
  return (
    <article aria-label={draft.prompt} data-status="outgoing">
      <header className="mb-3 grid gap-y-0.5">
        <h3 dir="auto" className="line-clamp-2 max-w-[68ch] text-15 font-medium break-words">
          {draft.prompt}
        </h3>
        <p className="flex flex-wrap items-center gap-y-0.5 text-13 text-text-3">
          <span className="mr-3 inline-flex items-center gap-2.5 text-text-2">
            <Spinner />
            <b className="font-semibold text-text">{t('status.outgoing')}</b>
            <Elapsed since={sentAt} />
          </span>
          <span className="phone:sr-only">
            {draft.ratio} · {t('you')}
          </span>
        </p>
      </header>
      <PendingTiles
        ratio={draft.ratio}
        sample={draft.sample}
        styleId={draft.source === 'style' ? draft.style?.styleId : undefined}
      />
    </article>
  )
}
