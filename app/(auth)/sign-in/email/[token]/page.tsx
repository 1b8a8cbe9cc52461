import type { Metadata } from 'next'
import { BackToSignIn } from '@/components/account/back-to-sign-in'
import { ConfirmEmail } from '@/components/account/confirm-email'
import { Entry, EntryTitle } from '@/components/account/entry'
import { findLink } from '@/lib/account/links'
import { getTranslations } from '@/lib/i18n/translations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('link.email.title'), robots: { index: false }, referrer: 'no-referrer' }
}

export default async function ConfirmEmailPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, link] = await Promise.all([getTranslations('auth'), findLink(token, 'email')])
  if (!link?.newEmail)
    return (
      <Entry foot={<BackToSignIn />}>
        <EntryTitle title={t('link.invalidTitle')}>{t('link.email.over')}</EntryTitle>
      </Entry>
    )
  return (
    <Entry>
      <EntryTitle title={t('link.email.title')}>
        <p className="wrap-anywhere">{t('link.email.lead', { email: link.newEmail })}</p>
      </EntryTitle>
      <ConfirmEmail token={token} email={link.newEmail} />
    </Entry>
  )
}
