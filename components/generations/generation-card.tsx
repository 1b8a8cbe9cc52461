'use client'
import { Download, Info, Link2, MoreHorizontal, Shuffle, Undo2 } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { AnswerLink } from '@/components/generations/answer-link'
import { GenerationMeta } from '@/components/generations/generation-meta'
import { fileNameOf, PictureTile } from '@/components/generations/picture-tile'
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
  made: Generation
  /** Generations of the same group in the feed, itself included. */
  siblings: number
  isFirst?: boolean
}

/** One generation of the feed: what was asked, where it stands, the pictures, and what can be done with them. */
export const GenerationCard = memo(function GenerationCard({ made, siblings, isFirst }: CardProps) {
  const t = useTranslations('generations')
  const { team } = useComposer()
  const [showsDetails, setShowsDetails] = useState(false)
  const [sharing, setSharing] = useState<ShareLinkTarget | null>(null)
  const onDetails = () => setShowsDetails(true)
  return (
    <article aria-label={made.prompt} data-status={made.status}>
      <header className="mb-3 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-6 gap-y-0.5 phone:gap-x-2">
        <h3 dir="auto" className="line-clamp-2 max-w-[68ch] text-15 font-medium break-words">
          {made.prompt}
        </h3>
        <CardActions made={made} onDetails={onDetails} onShare={setSharing} />
        <GenerationMeta made={made} siblings={siblings} onGroup={onDetails} />
      </header>
      <CardBody made={made} isFirst={isFirst} onDetails={onDetails} onShare={setSharing} />
      {made.resolution && made.status !== 'failed' && (
        <p className="mt-2 text-13 text-text-2">{t(`settled.${made.resolution}`)}</p>
      )}
      {sharing && (
        <ShareDialog
          team={team}
          target={sharing}
          leftOut={sharing.kind === 'generation' ? made.images.filter((one) => one.blurReason).length : 0}
          isOpen
          onClose={() => setSharing(null)}
        />
      )}
      {showsDetails && <Details made={made} onClose={() => setShowsDetails(false)} />}
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

function CardBody({ made, isFirst, onDetails, onShare }: BodyProps) {
  const t = useTranslations('generations')
  const { status, images, sample, ratio, statusReason } = made
  const failedCount = images.filter(({ state }) => state === 'failed').length
  if (status === 'canceled') return <CanceledLine reason={statusReason} />
  return (
    <>
      {isOpen(status) && <WaitReason statusReason={statusReason} waitsUntil={made.waitsUntil} />}
      {status === 'failed' && <RefusalNotice made={made} onDetails={onDetails} />}
      {status === 'unknown' && <UnknownNotice made={made} />}
      {images.length > 0 && (
        <div className={status === 'unknown' || status === 'failed' ? 'mt-4' : undefined}>
          <Tiles ratio={ratio} count={images.length}>
            {images.map((image, index) => (
              <PictureTile
                key={image.id}
                made={made}
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
      {status === 'succeeded' && made.answerKeptUntil && (
        <p className="mt-2">
          <AnswerLink made={made} />
        </p>
      )}
    </>
  )
}

/** Vary and Reuse in words; everything else, and all of it on phones, in the menu. */
type ActionsProps = Pick<BodyProps, 'made' | 'onDetails' | 'onShare'>

function CardActions({ made, onDetails, onShare }: ActionsProps) {
  const t = useTranslations('generations.actions')
  const { person } = useComposer()
  const { reuse, vary } = useReuse()
  const usable = firstUsable(made)
  const reuses: MenuEntry[] = person.canGenerate
    ? [
        { label: t('reuseAll'), onSelect: () => reuse('all', made) },
        { label: t('reusePrompt'), onSelect: () => reuse('prompt', made) },
        ...(made.source.kind === 'style'
          ? [{ label: t('reuseStyle'), onSelect: () => reuse('style', made) }]
          : []),
        ...(usable ? [{ label: t('reuseSource'), onSelect: () => reuse('source', made, usable) }] : []),
      ]
    : []
  const more: MenuEntry[] = [
    { label: t('details'), icon: Info, onSelect: onDetails },
    ...(usable && person.canGenerate
      ? [{ label: t('share'), icon: Link2, onSelect: () => onShare({ kind: 'generation', id: made.id }) }]
      : []),
    ...(usable ? [{ label: t('download'), icon: Download, onSelect: () => downloadAll(made) }] : []),
  ]
  const onPhone: MenuEntry[] = [
    ...(usable && person.canGenerate
      ? [{ label: t('vary'), icon: Shuffle, onSelect: () => vary(made) }]
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
          <Button tone="ghost" size="s" onClick={() => vary(made)}>
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
