import type { Metadata } from 'next'
import { AcceptInvitation } from '@/components/account/accept-invitation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { findPagePerson } from '@/lib/access/page'
import { canUsePasskeysHere } from '@/lib/account/passkey'
import { signInProviders } from '@/lib/account/providers'
import { getFormatter, getTranslations } from '@/lib/i18n/translations'
import { findInvitation } from '@/lib/invitations/server'
import { isMailOn } from '@/lib/mail/server'
import { isolate } from '@/lib/text/isolate'

export async function generateMetadata(): Promise<Metadata> {
  return { robots: { index: false }, referrer: 'no-referrer' }
}

type Props = {
  params: Promise<{ token: string }>
  /** Why the account that the person came back with could not join. */
  searchParams: Promise<{ problem?: string }>
}

export default async function InvitationPage({ params, searchParams }: Props) {
  const [{ token }, { problem }] = await Promise.all([params, searchParams])
  const [t, format, invitation, session] = await Promise.all([
    getTranslations('auth'),
    getFormatter(),
    findInvitation(token),
    findPagePerson(),
  ])
  if (!invitation)
    return (
      <Entry>
        <EntryTitle title={t('invitation.invalidTitle')}>{t('invitation.invalidText')}</EntryTitle>
        <Link href="/" className={buttonClass({ size: 'l' })}>
          {t('invitation.toSignIn')}
        </Link>
      </Entry>
    )
  const { team, role, invitedBy, expiresAt, email, hasAccount } = invitation
  const date = format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })
  return (
    <Entry foot={t('invitation.expires', { date })}>
      <EntryTitle title={t('invitation.title', { team: isolate(team) })}>
        {t('invitation.lead', { name: isolate(invitedBy), role: t(`roles.${role}`) })}
      </EntryTitle>
      <AcceptInvitation
        token={token}
        invited={email}
        hasAccount={hasAccount}
        hasMail={isMailOn()}
        canUsePasskeys={await canUsePasskeysHere()}
        person={session && { name: session.person.name, email: session.person.email }}
        providers={signInProviders()}
        refused={problem === 'no_email' || problem === 'taken' ? problem : undefined}
      />
    </Entry>
  )
}
