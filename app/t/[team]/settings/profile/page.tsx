import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { LeaveTeam } from '@/components/members/leave-team'
import { DeleteAccount } from '@/components/people/delete-account'
import { EmailForm } from '@/components/people/email-form'
import { NotificationSettings } from '@/components/people/notification-settings'
import { OwnData } from '@/components/people/own-data'
import { PasswordForm } from '@/components/people/password-form'
import { ProfileForm } from '@/components/people/profile-form'
import { Sessions } from '@/components/people/sessions'
import { SecondFactorSection } from '@/components/second-factor/section'
import { LinkedAccounts } from '@/components/single-sign-on/linked-accounts'
import { PageHead, Section } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor, findPagePerson } from '@/lib/access/page'
import { signInProviders } from '@/lib/account/providers'
import { getTheme, getTranslations } from '@/lib/i18n/translations'
import { listSessions } from '@/lib/people/server'
import { getSecondFactor } from '@/lib/second-factor/server'
import { isMailOn } from '@/lib/mail/server'
import { hasPassword, listLinkedAccounts } from '@/lib/single-sign-on/linked-accounts'

type Props = { params: Promise<{ team: string }>; searchParams: Promise<{ linked?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('profile.title') }
}

export default async function ProfilePage({ params, searchParams }: Props) {
  const { person, team, seenAt } = await requirePageActor((await params).team)
  const session = await findPagePerson()
  const [t, theme, { linked }] = await Promise.all([getTranslations('settings'), getTheme(), searchParams])
  const hasOne = session === null || (await hasPassword(session))
  return (
    <>
      <SeenAt place={seenAt} />
      <PageHead title={t('profile.title')} lead={t('profile.lead')} />
      <ProfileForm name={person.name} email={person.email} theme={theme} />
      <EmailForm isConfirmed={isMailOn()} hasPassword={hasOne} />
      <NotificationSettings />
      {session && (
        <LinkedAccounts
          team={team.slug}
          accounts={(await listLinkedAccounts(session)).items}
          providers={signInProviders()}
          result={linked === 'yes' || linked === 'taken' ? linked : undefined}
        />
      )}
      <Section title={t('profile.password')} lead={hasOne ? t('profile.passwordLead') : undefined}>
        {hasOne ? (
          <PasswordForm team={team.slug} email={person.email} />
        ) : (
          <p className="text-text-2">{t('profile.noPassword')}</p>
        )}
      </Section>
      {session && (
        <SecondFactorSection
          secondFactor={await getSecondFactor(session, await headers())}
          email={person.email}
        />
      )}
      {session && <Sessions team={team.slug} initial={await listSessions(session)} />}
      <OwnData />
      <LeaveTeam team={team.slug} name={team.name} personId={person.id} />
      <DeleteAccount hasPassword={hasOne} />
    </>
  )
}
