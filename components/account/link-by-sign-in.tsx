'use client'
import { useTranslations } from 'use-intl/react'
import { SignInForm } from '@/components/account/sign-in-form'
import { enter } from '@/lib/account/client'
import { linkSeenAccount } from '@/lib/single-sign-on/client'

type LinkProps = { email: string; next: string; hasMail: boolean; canUsePasskeys: boolean }

/** The one sign-in by password that links the account which the person came back with. */
export function LinkBySignIn({ next, ...form }: LinkProps) {
  const t = useTranslations('auth')
  const link = async () => {
    await linkSeenAccount()
    enter(next)
  }
  return <SignInForm {...form} submitLabel={t('linkAccount.submit')} onDone={link} />
}
