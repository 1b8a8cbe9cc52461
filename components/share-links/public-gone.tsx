import { PublicFrame } from '@/components/share-links/public-frame'
import { EmptyState } from '@/components/ui/empty-state'
import { getTranslations } from '@/lib/i18n/translations'

/** One answer for a wrong, an expired and a revoked address: it does not tell which. */
export async function GoneSharePage() {
  const t = await getTranslations('share')
  return (
    <PublicFrame>
      <div className="m-auto">
        <EmptyState heading="h1" title={t('public.gone.title')}>
          {t('public.gone.text')}
        </EmptyState>
      </div>
    </PublicFrame>
  )
}
