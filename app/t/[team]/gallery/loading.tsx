import { WallSkeleton } from '@/components/gallery/wall-skeleton'
import { getTranslations } from '@/lib/i18n'

export default async function GalleryLoading() {
  const t = await getTranslations('common')
  return (
    <>
      <div className="h-14 phone:h-29">{/* the toolbar’s place */}</div>
      <WallSkeleton label={t('loading')} />
    </>
  )
}
