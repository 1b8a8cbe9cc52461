'use client'
import { useTranslations } from 'use-intl/react'
import { useReferenceTrash } from '@/components/references/use-reference-trash'
import { Button } from '@/components/ui/button'
import { TRASH_DAYS } from '@/lib/images/limits'
import { DAY_MS } from '@/lib/platform/durations'
import type { Reference } from '@/lib/references/schema'

/** How many days something that was thrown away can still be restored. */
export function daysLeft(deletedAt: string | null, now: number): number {
  const agoDays = Math.floor((now - Date.parse(deletedAt ?? '')) / DAY_MS)
  return Math.max(0, TRASH_DAYS - Math.max(0, agoDays))
}

type Props = { team: string; now: number; items: Reference[] }

/** The references in the trash, and the way back for each. Needs the `gallery` and `references` sentences. */
export function TrashedReferences({ team, now, items }: Props) {
  const t = useTranslations('references')
  const gallery = useTranslations('gallery.trashPage')
  const { restore } = useReferenceTrash(team)
  if (items.length === 0) return null
  return (
    <section aria-label={t('trash')} className="mt-10">
      <h2 className="mb-3 text-16 font-semibold">{t('trash')}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-x-3 gap-y-5 phone:grid-cols-2">
        {items.map((reference) => (
          <li key={reference.id} className="grid content-start gap-2">
            <div className="grid aspect-square place-items-center overflow-hidden rounded-s bg-skeleton">
              {reference.urls ? (
                // eslint-disable-next-line @next/next/no-img-element
                <img src={reference.urls.thumb} alt="" loading="lazy" className="size-full object-cover" />
              ) : (
                <span dir="auto" className="p-2 text-center text-12 wrap-anywhere text-text-3">
                  {reference.path}
                </span>
              )}
            </div>
            <div className="flex items-center justify-between gap-2">
              <span className="truncate text-13 text-text-3">
                {gallery('left', { days: daysLeft(reference.deletedAt, now) })}
              </span>
              <Button
                size="s"
                aria-label={gallery('restoreOne', { prompt: reference.path })}
                onClick={() => restore(reference)}
              >
                {gallery('restore')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
