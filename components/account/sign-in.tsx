'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl/react'
import { SignInForm } from '@/components/account/sign-in-form'
import { buttonClass } from '@/components/ui/button'
import { enter } from '@/lib/account/client'

type SignInProps = {
  /** A path of this site, checked by the server. */
  next: string
  error?: string
  hasMail: boolean
  canUsePasskeys: boolean
}

export function SignIn({ next, error, hasMail, canUsePasskeys }: SignInProps) {
  const t = useTranslations('auth')
  const c = useTranslations('common')
  const failure = error && (error === 'CredentialsSignin' ? t('signIn.wrong') : c('errors.other')) // next-auth's name
  const reason = failure || (next === '/' ? undefined : t('signIn.ended'))
  return (
    <SignInForm
      firstNotice={reason}
      hasMail={hasMail}
      canUsePasskeys={canUsePasskeys}
      onDone={() => enter(next)}
    >
      {hasMail && (
        <Link href="/sign-in/link" className={buttonClass({ size: 'l', block: true })}>
          {t('signIn.byEmail')}
        </Link>
      )}
    </SignInForm>
  )
}
