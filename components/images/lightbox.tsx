'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState, type ElementType } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl/react'
import { imagePath } from '@/components/images/address'
import { Filmstrip } from '@/components/images/filmstrip'
import { InfoPanel } from '@/components/images/info-panel'
import { LightboxBar } from '@/components/images/lightbox-bar'
import { Stage } from '@/components/images/stage'
import { useImageActions } from '@/components/images/use-image-actions'
import { useLightboxKeys } from '@/components/images/use-lightbox-keys'
import { usePendingMarks } from '@/components/images/use-favourites'
import { useSequence } from '@/components/images/use-sequence'
import { useZoom } from '@/components/images/use-zoom'
import type { Viewer } from '@/components/images/viewer'
import { Button, buttonClass } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import { findLoaded, imageQueries } from '@/lib/images/client'
import { readFilters } from '@/lib/images/filters'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** The bar's height on phones, which stays above what is scrolled to. */
const BAR_PX = 52

type LightboxProps = {
  team: string
  viewer: Viewer
  id: string
  onClose: () => void
  /** What the title is: a heading on a page, the dialog's own title over one. */
  Title: ElementType
}

/** One image on the stage, what lies around it, and everything known about it. */
export function Lightbox({ team, viewer, id, onClose, Title }: LightboxProps) {
  const t = useTranslations('image')
  const client = useQueryClient()
  const search = useSearchParams()
  const { data, error, refetch } = useQuery({
    ...imageQueries.one(team, id),
    placeholderData: (before) => findLoaded(client, team, id) ?? before,
  })
  const isGone = error instanceof ApiError && error.status === 404
  const known = data ?? (isGone ? undefined : findLoaded(client, team, id))
  const marked = usePendingMarks(team)
  const image = known && marked(known)
  const [hasInfo, setInfo] = useState(true)
  const { newer, older, leave } = useSequence(team, image?.id === id ? image : undefined, readFilters(search))
  const go = (to: string | undefined) =>
    to && window.history.replaceState(null, '', imagePath(team, to, suffixOf(search)))
  const zoom = useZoom(id)
  const actions = useImageActions({
    team,
    viewer,
    image,
    onGone: () => {
      const next = older ?? newer
      if (!next) return onClose()
      leave(id, next)
      go(next.id)
    },
  })
  const toggleInfo = () => setInfo(!hasInfo)
  const details = useRef<HTMLElement>(null)
  const ledTo = useRef(Infinity)
  const goToInfo = () => {
    flushSync(() => setInfo(true))
    ledTo.current = goTo(details.current, ledTo.current)
  }
  useLightboxKeys({
    goNewer: () => go(newer?.id),
    goOlder: () => go(older?.id),
    toggleInfo,
    zoom,
    actions,
  })
  useEffect(() => {
    for (const near of [older, newer]) if (near && !near.blurReason) new Image().src = near.urls.original
  }, [newer, older])
  if (!image) return <Waiting {...{ error, isGone, team, Title }} onRetry={() => void refetch()} />
  return (
    <div
      className={cn(
        'grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[var(--bar-height)_minmax(0,1fr)] bg-stage phone:block phone:overflow-y-auto desk:overflow-hidden',
        hasInfo && 'desk:grid-cols-[minmax(0,1fr)_320px] wide:grid-cols-[minmax(0,1fr)_368px]',
      )}
    >
      <Title className="sr-only">{t('dialog', { prompt: image.prompt })}</Title>
      <LightboxBar
        team={team}
        zoom={zoom}
        actions={actions}
        hasInfo={hasInfo}
        onInfo={toggleInfo}
        onGoToInfo={goToInfo}
        onClose={onClose}
      />
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] phone:block">
        <Stage
          image={image}
          zoom={zoom}
          onNewer={newer && (() => go(newer.id))}
          onOlder={older && (() => go(older.id))}
        />
        <Filmstrip team={team} image={image} onGo={go} />
      </div>
      {hasInfo && <InfoPanel ref={details} team={team} image={image} actions={actions} />}
      {actions.dialog}
    </div>
  )
}

/**
 * Leads to the details below the image, and back up when one is there; at once, as what still comes would end a smooth way
 * early. Details that have grown since do not count: `ledTo`, which it returns, is how far down the last press led.
 */
function goTo(panel: HTMLElement | null, ledTo: number): number {
  const scroller = panel?.parentElement
  if (!scroller) return ledTo
  const top = Math.min(panel.offsetTop - BAR_PX, scroller.scrollHeight - scroller.clientHeight)
  const isThere = scroller.scrollTop >= Math.min(top, ledTo) - 1
  scroller.scrollTo({ top: isThere ? 0 : top })
  if (isThere) return Infinity
  panel.focus({ preventScroll: true })
  return scroller.scrollTop
}

function suffixOf(search: URLSearchParams): string {
  const kept = new URLSearchParams(search)
  kept.delete('share')
  return kept.size > 0 ? `?${kept}` : ''
}

type WaitingProps = {
  error: Error | null
  isGone: boolean
  onRetry: () => void
  team: string
  Title: ElementType
}

/** In the place of an image that is on its way, gone, or could not be asked for. */
function Waiting({ error, isGone, onRetry, team, Title }: WaitingProps) {
  const t = useTranslations('image')
  const c = useTranslations('common')
  return (
    <div className="grid h-full place-items-center bg-stage">
      <Title className="sr-only">{t('title')}</Title>
      {error && (
        <EmptyState
          title={t(isGone ? 'gone' : 'failed')}
          actions={
            <>
              {!isGone && <Button onClick={onRetry}>{c('retry')}</Button>}
              <a href={`/t/${team}/gallery`} className={buttonClass()}>
                {t('toGallery')}
              </a>
            </>
          }
        >
          {isGone ? t('goneText') : c(errorKey(error))}
        </EmptyState>
      )}
    </div>
  )
}
