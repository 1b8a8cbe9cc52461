import { BackToSignIn } from '@/components/account/back-to-sign-in'
import { Entry, EntryTitle } from '@/components/account/entry'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { getTranslations } from '@/lib/i18n/translations'

/** A link that was used or is too old, with the way to a new one. */
export async function LinkIsOver({ askAgainAt }: { askAgainAt: string }) {
  const t = await getTranslations('auth')
  return (
    <Entry foot={<BackToSignIn />}>
      <EntryTitle title={t('link.invalidTitle')}>{t('link.invalidText')}</EntryTitle>
      <Link href={askAgainAt} className={buttonClass({ size: 'l' })}>
        {t('link.askAgain')}
      </Link>
    </Entry>
  )
}
