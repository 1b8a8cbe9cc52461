import { redirect } from 'next/navigation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { SignOutButton } from '@/components/account/sign-out-button'
import { findPageMember, findPagePerson } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { isSetUp } from '@/lib/setup/server'

/** Sends on to the set-up, the sign-in, or the team that the person used last. */
export default async function HomePage() {
  if (!(await isSetUp())) redirect('/setup')
  const session = await findPagePerson()
  if (!session) redirect('/sign-in')
  const actor = await findPageMember(session, null)
  if (actor) redirect(`/t/${actor.teamSlug}/create`)
  const t = await getTranslations('auth')
  return (
    <Entry>
      <EntryTitle title={t('noTeam.title')}>{t('noTeam.text', { email: session.person.email })}</EntryTitle>
      <SignOutButton label={t('noTeam.signOut')} />
    </Entry>
  )
}
