'use client'
import { useTranslations } from 'use-intl/react'
import { SignInForm } from '@/components/account/sign-in-form'
import { enter } from '@/lib/account/client'
import { linkSeenAccount } from '@/lib/single-sign-on/client'

/** The one sign-in by password that links the account which the person came back with. */
export function LinkBySignIn({ email, next, hasMail }: { email: string; next: string; hasMail: boolean }) {
  const t = useTranslations('auth')
  const link = async () => {
    await linkSeenAccount()
    enter(next)
  }
  return <SignInForm email={email} submitLabel={t('linkAccount.submit')} hasMail={hasMail} onDone={link} />
}
