'use client'
import { useTranslations } from 'use-intl/react'
import { ProviderButtons } from '@/components/account/provider-buttons'
import { SignInForm } from '@/components/account/sign-in-form'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { enter } from '@/lib/account/client'
import type { SignInProvider } from '@/lib/account/identity'

type SignInProps = {
  /** A path of this site, checked by the server. */
  next: string
  error?: string
  isHalfDone: boolean
  hasMail: boolean
  canUsePasskeys: boolean
  providers: SignInProvider[]
}

/** By next-auth's names. */
const FAILURES: {
  names: string[]
  says: 'signIn.wrong' | 'signIn.notFinished' | 'signIn.providerAway'
}[] = [
  { names: ['CredentialsSignin'], says: 'signIn.wrong' },
  { names: ['OAuthCallback', 'Callback'], says: 'signIn.notFinished' },
  { names: ['OAuthSignin'], says: 'signIn.providerAway' },
]

export function SignIn({ next, error, isHalfDone, hasMail, canUsePasskeys, providers }: SignInProps) {
  const t = useTranslations('auth')
  const c = useTranslations('common')
  const known = FAILURES.find(({ names }) => error && names.includes(error))
  const failure = error && (known ? t(known.says) : c('errors.other'))
  const reason = failure || (next === '/' ? undefined : t('signIn.ended'))
  return (
    <SignInForm
      firstNotice={reason}
      isHalfDone={isHalfDone}
      hasMail={hasMail}
      canUsePasskeys={canUsePasskeys}
      onDone={() => enter(next)}
    >
      <ProviderButtons providers={providers} next={next} />
      {hasMail && (
        <Link href="/sign-in/link" className={buttonClass({ size: 'l', block: true })}>
          {t('signIn.byEmail')}
        </Link>
      )}
    </SignInForm>
  )
}
