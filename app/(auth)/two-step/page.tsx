import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { SignOutButton } from '@/components/account/sign-out-button'
import { Messages } from '@/components/messages'
import { RequiredSetUp } from '@/components/second-factor/required-set-up'
import { safeNext } from '@/lib/access/next-path'
import { findPagePerson } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { getSecondFactor } from '@/lib/second-factor/server'

type Search = Promise<{ next?: string | string[] }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('factors')
  return { title: t('required.title') }
}

/** Where a member is led whose team demands a second factor that they have not set up. */
export default async function TwoStepPage({ searchParams }: { searchParams: Search }) {
  const { next } = await searchParams
  const path = safeNext(Array.isArray(next) ? next[0] : next)
  const session = await findPagePerson()
  if (!session) redirect('/sign-in')
  const secondFactor = await getSecondFactor(session, await headers())
  if (secondFactor.totp || secondFactor.passkeys.length > 0) redirect(path)
  const t = await getTranslations('factors')
  return (
    <Entry foot={<SignOutButton label={t('required.signOut')} />}>
      <EntryTitle title={t('required.title')}>{t('required.lead')}</EntryTitle>
      <Messages namespaces={['auth', 'factors', 'settings']}>
        <RequiredSetUp secondFactor={secondFactor} email={session.person.email} next={path} />
      </Messages>
    </Entry>
  )
}
