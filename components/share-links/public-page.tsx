import { Download } from 'lucide-react'
import { PublicFrame } from '@/components/share-links/public-frame'
import { PublicImageGrid } from '@/components/share-links/public-image-grid'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { getFormatter, getTranslations } from '@/lib/i18n/translations'
import type { PublicPage } from '@/lib/share-links/public-page'
import { isolate } from '@/lib/text/isolate'

type Open = Extract<PublicPage, { state: 'open' }>

/** The images behind a link. Plain HTML: everything on it works without a line of script. */
export async function OpenSharePage({ page }: { page: Open }) {
  const [t, format] = await Promise.all([getTranslations('share'), getFormatter()])
  const count = page.images.length
  const until =
    page.expiresAt && t('public.until', { date: format.dateTime(page.expiresAt, { dateStyle: 'medium' }) })
  return (
    <PublicFrame teamName={page.teamName} note={until ?? undefined}>
      {count === 0 ? (
        <div className="m-auto">
          <EmptyState heading="h1" title={t('public.none.title')}>
            {t('public.none.text')}
          </EmptyState>
        </div>
      ) : (
        <>
          <section className="flex items-end justify-between gap-6 pt-12 pb-8 phone:flex-col phone:items-stretch phone:gap-4 phone:pt-5 phone:pb-5">
            <div className="min-w-0">
              <h1 dir="auto" className="text-32 font-semibold wrap-anywhere phone:text-24">
                {page.title || t('public.title')}
              </h1>
              <p className="mt-2.5 max-w-[58ch] text-16 text-text-2">
                {t('public.by', { name: isolate(page.makerName) })} · {t('public.count', { count })}
              </p>
            </div>
            {page.downloadAll && (
              <a href={page.downloadAll} download className={buttonClass()}>
                <Download aria-hidden className="size-4" />
                {t('public.downloadAll', { count })}
              </a>
            )}
          </section>
          <PublicImageGrid images={page.images} />
        </>
      )}
      {/* Asked for by browsers alone: this is how views are counted. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img src={`/s/${page.token}/seen.gif`} alt="" width={1} height={1} className="absolute opacity-0" />
    </PublicFrame>
  )
}
