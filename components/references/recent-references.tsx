'use client'
import { Check, X } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { Reference } from '@/lib/references/schema'
import { isolate } from '@/lib/text/isolate'

type Props = {
  items: Reference[]
  value: string | null
  onPick: (reference: Reference) => void
  canRemove: (reference: Reference) => boolean
  onRemove: (reference: Reference) => void
}

/** What the team used before, newest first; a path without an image shows its name. */
export function RecentReferences({ items, value, onPick, canRemove, onRemove }: Props) {
  const t = useTranslations('references')
  return (
    <section aria-label={t('recent')}>
      <h3 className="mb-2 text-13 font-medium text-text-2">{t('recent')}</h3>
      {items.length === 0 ? (
        <p className="text-13 text-text-3">{t('noRecent')}</p>
      ) : (
        <ul className="grid grid-cols-5 gap-2 phone:grid-cols-4">
          {items.map((reference) => (
            <li key={reference.id} className="group relative">
              <button
                type="button"
                aria-pressed={reference.path === value}
                aria-label={t('use', { path: reference.path })}
                title={isolate(reference.path)}
                onClick={() => onPick(reference)}
                className={cn(
                  'relative grid aspect-square w-full place-items-center overflow-hidden rounded-s bg-skeleton',
                  reference.path === value && 'outline-2 outline-offset-2 outline-focus',
                )}
              >
                {reference.urls ? (
                  // eslint-disable-next-line @next/next/no-img-element
                  <img src={reference.urls.thumb} alt="" loading="lazy" className="size-full object-cover" />
                ) : (
                  <span dir="auto" className="p-1 text-center text-11 wrap-anywhere text-text-3">
                    {reference.path}
                  </span>
                )}
                {reference.path === value && (
                  <span className="absolute top-1 left-1 grid size-5 place-items-center rounded-full bg-gold text-gold-ink">
                    <Check aria-hidden className="size-3" strokeWidth={3} />
                  </span>
                )}
              </button>
              {canRemove(reference) && (
                <IconButton
                  label={t('delete', { path: reference.path })}
                  size="s"
                  tip="none"
                  onImage
                  onClick={() => onRemove(reference)}
                  className="absolute! top-0.5 right-0.5 size-6! rounded-full! bg-image-badge opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100"
                >
                  <X aria-hidden className="size-3.5" />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
