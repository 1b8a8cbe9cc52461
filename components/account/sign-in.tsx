'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl/react'
import { SignInForm } from '@/components/account/sign-in-form'
import { buttonClass } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { enter } from '@/lib/account/client'

/** `next` is a path of this site, checked by the server. */
export function SignIn({ next, error, hasMail }: { next: string; error?: string; hasMail: boolean }) {
  const t = useTranslations('auth')
  const c = useTranslations('common')
  const failure = error && (error === 'CredentialsSignin' ? t('signIn.wrong') : c('errors.other')) // next-auth's name
  const reason = failure || (next === '/' ? undefined : t('signIn.ended'))
  return (
    <>
      <SignInForm firstNotice={reason} hasMail={hasMail} onDone={() => enter(next)} />
      {hasMail && (
        <Link href="/sign-in/link" className={cn(buttonClass({ size: 'l', block: true }), 'mt-3')}>
          {t('signIn.byEmail')}
        </Link>
      )}
    </>
  )
}
