import { Grid2x2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useFormatter, useNow, useTranslations } from 'use-intl/react'
import { SetActs } from '@/components/campaign-sets/set-acts'
import type { SetHead } from '@/components/campaign-sets/set-head'
import { SetProgressLine } from '@/components/campaign-sets/set-progress'
import { useComposer } from '@/components/composer/composer-context'
import { ImageTile } from '@/components/generations/image-tile'
import { PendingTiles } from '@/components/generations/pending-tiles'
import { Tiles } from '@/components/generations/tiles'
import { buttonClass } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { isOpen } from '@/lib/generations/status'
import type { ShareLinkTarget } from '@/lib/share-links/schema'
import { isolate } from '@/lib/text/isolate'

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
)

/** A set in the feed, as one card: how far it is, what can be done with it, its first images. */
export function SetCard({ generation }: { generation: SetHead }) {
  const t = useTranslations('sets')
  const format = useFormatter()
  const [sharing, setSharing] = useState<ShareLinkTarget | null>(null)
  const now = useNow({ updateInterval: 30_000 })
  const { team, person } = useComposer()
  const { set, maker, images, status, ratio, sample, source } = generation
  const when = format.relativeTime(new Date(generation.createdAt), now)
  const canChange = person.canGenerate && (maker.id === person.id || person.canChangeAll)
  return (
    <article aria-label={set.name} data-set={set.id}>
      <header className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1.5">
          <h3 dir="auto" className="flex min-w-0 items-center gap-2 text-15 font-medium">
            <Grid2x2 aria-hidden className="size-4 shrink-0 text-text-3" />
            <span className="line-clamp-2 wrap-anywhere">{set.name}</span>
          </h3>
          <p className="text-13 text-text-3" suppressHydrationWarning>
            {t('by', { name: isolate(maker.name), when })}
          </p>
          <SetProgressLine paused={set.paused} progress={set.progress} />
        </div>
        <div className="flex flex-wrap gap-2">
          {canChange && <SetActs team={team} set={set} />}
          <Link
            href={`/t/${team}/sets/${set.id}`}
            prefetch={false}
            aria-label={`${t('acts.open')}: ${isolate(set.name)}`}
            className={buttonClass()}
          >
            {t('acts.open')}
          </Link>
        </div>
      </header>
      {images.length > 0 && (
        <Tiles ratio={ratio} count={images.length}>
          {images.map((image, index) => (
            <ImageTile key={image.id} {...{ generation, image, index }} onShare={setSharing} />
          ))}
        </Tiles>
      )}
      {isOpen(status) && images.length === 0 && (
        <PendingTiles
          ratio={ratio}
          sample={sample}
          styleId={source.kind === 'style' ? source.styleId : undefined}
        />
      )}
      {sharing && <ShareDialog team={team} target={sharing} isOpen onClose={() => setSharing(null)} />}
    </article>
  )
}
