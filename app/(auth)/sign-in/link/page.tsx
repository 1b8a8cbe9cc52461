import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AskForLink } from '@/components/account/ask-for-link'
import { BackToSignIn } from '@/components/account/back-to-sign-in'
import { Entry, EntryTitle } from '@/components/account/entry'
import { getTranslations } from '@/lib/i18n/translations'
import { isMailOn } from '@/lib/mail/server'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('link.signIn.title') }
}

export default async function AskForSignInLinkPage() {
  if (!isMailOn()) notFound()
  const t = await getTranslations('auth')
  return (
    <Entry foot={<BackToSignIn />}>
      <EntryTitle title={t('link.signIn.title')}>{t('link.signIn.lead')}</EntryTitle>
      <AskForLink purpose="sign_in" />
    </Entry>
  )
}
