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
import { PageHead, Section } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor, findPagePerson } from '@/lib/access/page'
import { getTheme, getTranslations } from '@/lib/i18n/translations'
import { listSessions } from '@/lib/people/server'
import { getSecondFactor } from '@/lib/second-factor/server'
import { isMailOn } from '@/lib/mail/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('profile.title') }
}

export default async function ProfilePage({ params }: Props) {
  const { person, team, seenAt } = await requirePageActor((await params).team)
  const session = await findPagePerson()
  const [t, theme] = await Promise.all([getTranslations('settings'), getTheme()])
  return (
    <>
      <SeenAt place={seenAt} />
      <PageHead title={t('profile.title')} lead={t('profile.lead')} />
      <ProfileForm name={person.name} email={person.email} theme={theme} />
      <EmailForm isConfirmed={isMailOn()} />
      <NotificationSettings />
      <Section title={t('profile.password')} lead={t('profile.passwordLead')}>
        <PasswordForm team={team.slug} email={person.email} />
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
      <DeleteAccount />
    </>
  )
}
