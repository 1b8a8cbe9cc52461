import { Download } from 'lucide-react'
import type { CSSProperties } from 'react'
import { cn } from '@/components/ui/cn'
import { getTranslations } from '@/lib/i18n/translations'
import type { PublicImage } from '@/lib/share-links/public-page'

/** Wider than this takes a phone's whole width. */
const WIDE = 1.2
/** Rows of one height as wide as the page (two columns on phones), every box reserved before its image comes. */
export async function PublicImageGrid({ images }: { images: PublicImage[] }) {
  const t = await getTranslations('share')
  const isAlone = images.length === 1
  return (
    <div
      className={cn(
        'flex flex-wrap items-start gap-x-4 gap-y-6 [--row:330px] max-[1180px]:[--row:250px] phone:grid phone:grid-cols-2 phone:gap-x-2.5 phone:gap-y-4',
        isAlone ? 'justify-center' : 'after:flex-[1000_0_0] phone:after:hidden',
      )}
    >
      {images.map((image, place) => {
        const number = String(place + 1).padStart(2, '0')
        const isWide = isAlone || image.width / image.height > WIDE
        return (
          <figure
            key={image.id}
            style={ratioOf(image)}
            className={cn(
              'min-w-0',
              isAlone
                ? 'w-full max-w-[calc(78dvh*var(--ratio))]'
                : '[flex:var(--ratio)_0_calc(var(--ratio)*var(--row))]',
              isWide && 'phone:col-span-full',
            )}
          >
            <a
              href={image.full}
              aria-label={t('public.openOne', { number })}
              className="block overflow-hidden rounded-s bg-skeleton"
            >
              {/* Next's own image component needs script; the sizes are made by our server. */}
              {/* eslint-disable-next-line @next/next/no-img-element */}
              <img
                src={image.preview}
                srcSet={image.srcSet}
                sizes={sizesOf(image, { isAlone, isWide })}
                width={image.width}
                height={image.height}
                alt={image.prompt ?? t('public.alt', { number })}
                // the first is on every first screen; the others leave it the line until it is known who is near
                loading={place === 0 ? 'eager' : 'lazy'}
                fetchPriority={place === 0 ? 'high' : undefined}
                decoding="async"
                style={{ backgroundColor: image.tint ?? undefined }}
                className="aspect-(--ratio) h-auto w-full object-cover"
              />
            </a>
            <figcaption className="flex min-h-11 items-start gap-3 pt-2 text-13">
              <span className="flex-1 text-text-2">
                <span className="mr-3 text-text-3">{number}</span>
                {image.prompt && <bdi className="wrap-anywhere">{image.prompt}</bdi>}
              </span>
              {image.download && (
                <a
                  href={image.download}
                  download
                  aria-label={t('public.downloadOne', { number })}
                  className="touch -mt-1 inline-grid size-7 shrink-0 place-items-center rounded-s text-text-2 hover:bg-hover hover:text-text"
                >
                  <Download aria-hidden className="size-4" />
                </a>
              )}
            </figcaption>
          </figure>
        )
      })}
    </div>
  )
}

/** React types only CSS that it knows; `--ratio` is ours. */
const ratioOf = ({ width, height }: PublicImage) =>
  ({ '--ratio': (width / Math.max(1, height)).toFixed(4) }) as CSSProperties // a custom property is CSS too

function sizesOf(image: PublicImage, { isAlone, isWide }: { isAlone: boolean; isWide: boolean }): string {
  const phone = `(max-width: 760px) ${isWide ? 'calc(100vw - 32px)' : 'calc(50vw - 21px)'}`
  const row = Math.round(330 * 1.25 * (image.width / Math.max(1, image.height)))
  return `${phone}, ${isAlone ? 'min(100vw, 1320px)' : `${row}px`}`
}
