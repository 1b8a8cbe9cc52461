'use client'
import { useTranslations } from 'use-intl/react'
import { enter } from '@/lib/auth/client'
import { SignInForm } from '@/components/auth/sign-in-form'

/** `next` is a path of this site, checked by the server. */
export function SignIn({ next, hasFailed }: { next: string; hasFailed: boolean }) {
  const t = useTranslations('auth')
  const reason = hasFailed ? t('signIn.wrong') : next === '/' ? undefined : t('signIn.ended')
  return <SignInForm firstNotice={reason} onDone={() => enter(next)} />
}
