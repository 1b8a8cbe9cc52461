import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { SignIn } from '@/components/account/sign-in'
import { safeNext } from '@/lib/access/next-path'
import { findPagePerson } from '@/lib/access/page'
import { canUsePasskeysHere } from '@/lib/account/passkey'
import { signInProviders } from '@/lib/account/providers'
import { getTranslations } from '@/lib/i18n/translations'
import { isMailOn } from '@/lib/mail/server'
import { isSetUp } from '@/lib/setup/server'

type Search = Promise<{ next?: string | string[]; error?: string; step?: string }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('signIn.title') }
}

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, error, step } = await searchParams
  const path = safeNext(Array.isArray(next) ? next[0] : next)
  if (!(await isSetUp())) redirect('/setup')
  if (await findPagePerson()) redirect(path)
  const t = await getTranslations('auth')
  return (
    <Entry foot={t('signIn.noAccount')}>
      <EntryTitle title={t('signIn.heading')} />
      <SignIn
        next={path}
        error={error}
        isHalfDone={step === 'second-factor'}
        hasMail={isMailOn()}
        canUsePasskeys={await canUsePasskeysHere()}
        providers={signInProviders()}
      />
    </Entry>
  )
}
