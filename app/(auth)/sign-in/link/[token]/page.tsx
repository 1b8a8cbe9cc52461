import type { Metadata } from 'next'
import { ConfirmSignIn } from '@/components/account/confirm-sign-in'
import { Entry, EntryTitle } from '@/components/account/entry'
import { LinkIsOver } from '@/components/account/link-is-over'
import { findPagePerson } from '@/lib/access/page'
import { findLink } from '@/lib/account/links'
import { canUsePasskeysHere } from '@/lib/account/passkey'
import { getTranslations } from '@/lib/i18n/translations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('link.signIn.title'), robots: { index: false }, referrer: 'no-referrer' }
}

export default async function SignInLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, link, session] = await Promise.all([
    getTranslations('auth'),
    findLink(token, 'sign_in'),
    findPagePerson(),
  ])
  if (!link) return <LinkIsOver askAgainAt="/sign-in/link" />
  const other = session && session.person.id !== link.userId ? session.person.email : undefined
  return (
    <Entry>
      <EntryTitle title={t('link.confirmTitle')}>
        <p className="wrap-anywhere">{t('link.confirmLead', { email: link.email })}</p>
        {other && <p className="mt-2 text-14 wrap-anywhere">{t('link.confirmOther', { email: other })}</p>}
      </EntryTitle>
      <ConfirmSignIn token={token} canUsePasskeys={await canUsePasskeysHere()} />
    </Entry>
  )
}
