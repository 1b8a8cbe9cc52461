import { LonePage } from '@/components/shell/lone-page'
import { buttonClass } from '@/components/ui/button'
import { getTranslations } from '@/lib/i18n/translations'

export default async function NotFound() {
  const t = await getTranslations('common')
  return (
    <LonePage
      title={t('notFound.title')}
      action={
        // eslint-disable-next-line @next/next/no-html-link-for-pages -- every page carries this one's code: <Link> is 3 KB
        <a href="/" className={buttonClass({ tone: 'inverse' })}>
          {t('notFound.home')}
        </a>
      }
    >
      {t('notFound.text')}
    </LonePage>
  )
}
