import type { Metadata } from 'next'
import { Entry, EntryTitle } from '@/components/account/entry'
import { LinkIsOver } from '@/components/account/link-is-over'
import { NewPasswordForm } from '@/components/account/new-password-form'
import { findLink } from '@/lib/account/links'
import { getTranslations } from '@/lib/i18n/translations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('link.newPasswordTitle'), robots: { index: false }, referrer: 'no-referrer' }
}

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, link] = await Promise.all([getTranslations('auth'), findLink(token, 'reset')])
  if (!link) return <LinkIsOver askAgainAt="/sign-in/reset" />
  return (
    <Entry>
      <EntryTitle title={t('link.newPasswordTitle')}>
        <p className="wrap-anywhere">{t('link.newPasswordLead', { email: link.email })}</p>
      </EntryTitle>
      <NewPasswordForm token={token} email={link.email} />
    </Entry>
  )
}
