import type { Metadata } from 'next'
import { AskForLink } from '@/components/account/ask-for-link'
import { BackToSignIn } from '@/components/account/back-to-sign-in'
import { Entry, EntryTitle } from '@/components/account/entry'
import { getTranslations } from '@/lib/i18n/translations'
import { isMailOn } from '@/lib/mail/server'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('link.reset.title') }
}

/** Without a mail server it says whom to ask. */
export default async function AskForResetPage() {
  const t = await getTranslations('auth')
  const isOn = isMailOn()
  return (
    <Entry foot={<BackToSignIn />}>
      <EntryTitle title={t('link.reset.title')}>
        {isOn ? t('link.reset.lead') : t('link.askAdmin')}
      </EntryTitle>
      {isOn && <AskForLink purpose="reset" />}
    </Entry>
  )
}
