'use client'
import { useTranslations } from 'use-intl/react'
import { SignInForm } from '@/components/account/sign-in-form'
import { enter } from '@/lib/account/client'

/** `next` is a path of this site, checked by the server. */
export function SignIn({ next, error }: { next: string; error?: string }) {
  const t = useTranslations('auth')
  const c = useTranslations('common')
  const failure = error && (error === 'CredentialsSignin' ? t('signIn.wrong') : c('errors.other')) // next-auth's name
  const reason = failure || (next === '/' ? undefined : t('signIn.ended'))
  return <SignInForm firstNotice={reason} onDone={() => enter(next)} />
}
