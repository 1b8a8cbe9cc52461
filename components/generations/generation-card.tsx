'use client'
import { memo, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { AnswerLink } from '@/components/generations/answer-link'
import { CardActions } from '@/components/generations/card-actions'
import { GenerationMeta } from '@/components/generations/generation-meta'
import { ImageTile } from '@/components/generations/image-tile'
import { WaitReason } from '@/components/generations/status-line'
import { PendingTiles } from '@/components/generations/pending-tiles'
import { DismissButton, RetryButton } from '@/components/generations/retry-button'
import { Tiles } from '@/components/generations/tiles'
import { onDemand } from '@/components/ui/on-demand'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const Details = onDemand(() => import('@/components/generations/details').then((module) => module.Details))

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
)

const RefusalNotice = onDemand(() =>
  import('@/components/generations/refusal-notice').then((module) => module.RefusalNotice),
)
const UnknownNotice = onDemand(() =>
  import('@/components/generations/unknown-notice').then((module) => module.UnknownNotice),
)

type OnShare = (target: ShareLinkTarget) => void

type CardProps = {
  generation: Generation
  /** Generations of the same group in the feed, itself included. */
  siblings: number
  isFirst?: boolean
}

/** One generation of the feed: what was asked, where it stands, the images, and what can be done with them. */
export const GenerationCard = memo(function GenerationCard({ generation, siblings, isFirst }: CardProps) {
  const t = useTranslations('generations')
  const { team } = useComposer()
  const [showsDetails, setShowsDetails] = useState(false)
  const [sharing, setSharing] = useState<ShareLinkTarget | null>(null)
  const onDetails = () => setShowsDetails(true)
  return (
    <article aria-label={generation.prompt} data-status={generation.status}>
      <header className="mb-3 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-6 gap-y-0.5 phone:gap-x-2">
        <h3 dir="auto" className="line-clamp-2 max-w-[68ch] text-15 font-medium break-words">
          {generation.prompt}
        </h3>
        <CardActions generation={generation} onDetails={onDetails} onShare={setSharing} />
        <GenerationMeta generation={generation} siblings={siblings} onGroup={onDetails} />
      </header>
      <CardBody generation={generation} isFirst={isFirst} onDetails={onDetails} onShare={setSharing} />
      {generation.resolution && generation.status !== 'failed' && (
        <p className="mt-2 text-13 text-text-2">{t(`settled.${generation.resolution}`)}</p>
      )}
      {sharing && (
        <ShareDialog
          team={team}
          target={sharing}
          leftOut={
            sharing.kind === 'generation' ? generation.images.filter((one) => one.blurReason).length : 0
          }
          isOpen
          onClose={() => setSharing(null)}
        />
      )}
      {showsDetails && <Details generation={generation} onClose={() => setShowsDetails(false)} />}
    </article>
  )
})

function CanceledLine({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.canceled')
  const { statusReason: reason } = generation
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13 text-text-2">
      <p>
        <b className="font-semibold text-text">{t('title')}</b>{' '}
        {t(reason === 'by_person' || reason === 'queue_timeout' ? reason : 'other')}
      </p>
      <span className="flex gap-1">
        <RetryButton generation={generation} tone="ghost" />
        <DismissButton generation={generation} />
      </span>
    </div>
  )
}

type BodyProps = Omit<CardProps, 'siblings'> & { onDetails: () => void; onShare: OnShare }

function CardBody({ generation, isFirst, onDetails, onShare }: BodyProps) {
  const t = useTranslations('generations')
  const { status, images, ratio, statusReason } = generation
  const failedCount = images.filter(({ state }) => state === 'failed').length
  if (status === 'canceled') return <CanceledLine generation={generation} />
  return (
    <>
      {isOpen(status) && <WaitReason statusReason={statusReason} waitsUntil={generation.waitsUntil} />}
      {status === 'failed' && <RefusalNotice generation={generation} onDetails={onDetails} />}
      {status === 'unknown' && <UnknownNotice generation={generation} />}
      {images.length > 0 && (
        <div className={status === 'unknown' || status === 'failed' ? 'mt-4' : undefined}>
          <Tiles ratio={ratio} count={images.length}>
            {images.map((image, index) => (
              <ImageTile
                key={image.id}
                generation={generation}
                image={image}
                index={index}
                isEager={isFirst}
                onShare={onShare}
              />
            ))}
          </Tiles>
        </div>
      )}
      {isOpen(status) && images.length === 0 && (
        <PendingTiles
          ratio={ratio}
          sample={generation.sample}
          styleId={generation.source.kind === 'style' ? generation.source.styleId : undefined}
        />
      )}
      {status === 'succeeded' && failedCount > 0 && (
        <p className="mt-2 text-13 text-text-2">{t('partial', { failed: failedCount })}</p>
      )}
      {status === 'succeeded' && generation.answerKeptUntil && (
        <p className="mt-2">
          <AnswerLink generation={generation} />
        </p>
      )}
    </>
  )
}
