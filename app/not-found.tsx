import { Logo } from '@/components/ui/logo'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { getTranslations } from '@/lib/i18n'

export default async function NotFound() {
  const t = await getTranslations('common')
  return (
    <main className="grid min-h-dvh place-content-center">
      <EmptyState
        heading="h1"
        title={t('notFound.title')}
        picture={<Logo className="size-10" />}
        actions={
          // eslint-disable-next-line @next/next/no-html-link-for-pages -- every page carries this one's code: <Link> is 3 KB
          <a href="/" className={buttonClass({ tone: 'inverse' })}>
            {t('notFound.home')}
          </a>
        }
      >
        <p>{t('notFound.text')}</p>
      </EmptyState>
    </main>
  )
}
