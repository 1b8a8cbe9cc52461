'use client'
import { Download, Info, Link2, MoreHorizontal, Shuffle, Undo2 } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { AnswerLink } from '@/components/generations/answer-link'
import { GenerationMeta } from '@/components/generations/generation-meta'
import { fileNameOf, ImageTile } from '@/components/generations/image-tile'
import { RefusalNotice } from '@/components/generations/refusal-notice'
import { WaitReason } from '@/components/generations/status-line'
import { PendingTile, Tiles } from '@/components/generations/tiles'
import { UnknownNotice } from '@/components/generations/unknown-notice'
import { firstUsable, useReuse } from '@/components/generations/use-reuse'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { onDemand } from '@/components/ui/on-demand'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const Details = onDemand(() => import('@/components/generations/details').then((module) => module.Details))

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
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

function CanceledLine({ reason }: { reason: Generation['statusReason'] }) {
  const t = useTranslations('generations.canceled')
  return (
    <p className="text-13 text-text-2">
      <b className="font-semibold text-text">{t('title')}</b>{' '}
      {t(reason === 'by_person' || reason === 'queue_timeout' ? reason : 'other')}
    </p>
  )
}

type BodyProps = Omit<CardProps, 'siblings'> & { onDetails: () => void; onShare: OnShare }

function CardBody({ generation, isFirst, onDetails, onShare }: BodyProps) {
  const t = useTranslations('generations')
  const { status, images, sample, ratio, statusReason } = generation
  const failedCount = images.filter(({ state }) => state === 'failed').length
  if (status === 'canceled') return <CanceledLine reason={statusReason} />
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
        <Tiles ratio={ratio} count={sample}>
          {Array.from({ length: sample }, (_, index) => (
            <PendingTile key={index} index={index} />
          ))}
        </Tiles>
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

/** Vary and Reuse in words; everything else, and all of it on phones, in the menu. */
type ActionsProps = Pick<BodyProps, 'generation' | 'onDetails' | 'onShare'>

function CardActions({ generation, onDetails, onShare }: ActionsProps) {
  const t = useTranslations('generations.actions')
  const { person } = useComposer()
  const { reuse, vary } = useReuse()
  const usable = firstUsable(generation)
  const reuses: MenuEntry[] = person.canGenerate
    ? [
        { label: t('reuseAll'), onSelect: () => reuse('all', generation) },
        { label: t('reusePrompt'), onSelect: () => reuse('prompt', generation) },
        ...(generation.source.kind === 'style'
          ? [{ label: t('reuseStyle'), onSelect: () => reuse('style', generation) }]
          : []),
        ...(usable ? [{ label: t('reuseSource'), onSelect: () => reuse('source', generation, usable) }] : []),
      ]
    : []
  const more: MenuEntry[] = [
    { label: t('details'), icon: Info, onSelect: onDetails },
    ...(usable && person.canGenerate
      ? [
          {
            label: t('share'),
            icon: Link2,
            onSelect: () => onShare({ kind: 'generation', id: generation.id }),
          },
        ]
      : []),
    ...(usable ? [{ label: t('download'), icon: Download, onSelect: () => downloadAll(generation) }] : []),
  ]
  const onPhone: MenuEntry[] = [
    ...(usable && person.canGenerate
      ? [{ label: t('vary'), icon: Shuffle, onSelect: () => vary(generation) }]
      : []),
    ...(reuses.length > 0
      ? [{ kind: 'label' as const, label: t('reuse') }, ...reuses, { kind: 'separator' as const }]
      : []),
    ...more,
  ]
  const dots = (
    <IconButton label={t('more')} size="s">
      <MoreHorizontal aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <div className="flex h-6 items-center gap-0.5">
      <span className="contents phone:hidden">
        {usable && person.canGenerate && (
          <Button tone="ghost" size="s" onClick={() => vary(generation)}>
            <Shuffle aria-hidden className="size-4" />
            {t('vary')}
          </Button>
        )}
        {reuses.length > 0 && (
          <Menu
            trigger={
              <Button tone="ghost" size="s">
                <Undo2 aria-hidden className="size-4" />
                {t('reuse')}
              </Button>
            }
            entries={reuses}
          />
        )}
        <Menu trigger={dots} entries={more} />
      </span>
      <span className="desk:hidden">
        <Menu trigger={dots} entries={onPhone} />
      </span>
    </div>
  )
}

function downloadAll({ images }: Generation): void {
  for (const image of images) {
    if (image.state !== 'completed' || image.blurReason) continue
    const link = document.createElement('a')
    link.href = image.urls.original
    link.download = fileNameOf(image)
    link.click()
  }
}
