import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { aspectOf } from '@/components/gallery/layout'
import { imagePath } from '@/components/images/address'
import { cn } from '@/components/ui/cn'
import { imageQueries, usePendingTrash } from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'

/** The images of the same group that are not on their way to the trash, in the order they were made. Alone, an image needs no strip. */
export function Filmstrip({ team, image, onGo }: { team: string; image: Image; onGo: (id: string) => void }) {
  const t = useTranslations('image')
  const { data } = useQuery(imageQueries.group(team, image.groupId))
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // browsers of late return a promise here, which an effect must not
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [image.id, data])
  const isGoing = usePendingTrash(team)
  const images = data?.items.filter(({ id }) => !isGoing(id)).toSorted(byMaking) ?? []
  if (images.length < 2) return <div className="h-3 phone:hidden" />
  return (
    <nav
      aria-label={t('groupStrip')}
      className="no-scrollbar flex h-21 items-center gap-1 overflow-x-auto px-4 before:m-auto after:m-auto phone:h-18 phone:px-3"
    >
      {images.map((one) => {
        const isShown = one.id === image.id
        return (
          <a
            key={one.id}
            ref={isShown ? current : undefined}
            href={imagePath(team, one.id)}
            aria-current={isShown || undefined}
            aria-label={t('imageOf', { place: images.indexOf(one) + 1, count: images.length })}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              onGo(one.id)
            }}
            style={{ aspectRatio: aspectOf(one) }}
            className={cn(
              'block h-13 shrink-0 overflow-hidden rounded-xs bg-skeleton phone:h-11',
              isShown
                ? 'mx-1 outline-2 outline-offset-2 outline-text'
                : 'opacity-55 hover:opacity-100 focus-visible:opacity-100',
            )}
          >
            {/* eslint-disable-next-line @next/next/no-img-element -- a thumbnail with an address of its own */}
            <img src={one.urls.thumb} alt="" loading="lazy" className="size-full object-cover" />
          </a>
        )
      })}
    </nav>
  )
}

const byMaking = (a: Image, b: Image) =>
  a.createdAt.localeCompare(b.createdAt) ||
  a.generationId.localeCompare(b.generationId) ||
  a.position - b.position
