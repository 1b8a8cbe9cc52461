'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { OtherWays } from '@/components/account/other-ways'
import { PasswordInput } from '@/components/account/password-input'
import { PasskeySignIn } from '@/components/second-factor/passkey-sign-in'
import type { OnSignedIn } from '@/components/second-factor/on-signed-in'
import { SecondStep } from '@/components/second-factor/second-step'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { signIn } from '@/lib/account/client'
import { errorKey } from '@/lib/platform/api-client'

type SignInFormProps = {
  submitLabel?: string
  /** Called once the person is in. The button stays busy until the page is gone, or it answers why they cannot go on. */
  onDone: OnSignedIn
  /** Shown before the first try: why the person is here. */
  firstNotice?: string
  /** Whether a new password can be had by mail. */
  hasMail: boolean
  /** The address that stands there at first. */
  email?: string
  /** Whether this address has passkeys, as the server knows. */
  canUsePasskeys: boolean
  /** The first step was taken elsewhere: at a provider. */
  isHalfDone?: boolean
  /** Ways in that stand below the first step. */
  children?: ReactNode
}

/** E-mail and password, then the second factor of who has one; or a passkey instead of all. What went wrong stands above the button; nothing that was typed is cleared. */
export function SignInForm(props: SignInFormProps) {
  const { submitLabel, onDone, firstNotice, hasMail, email, canUsePasskeys, isHalfDone = false } = props
  const t = useTranslations('auth')
  const tCommon = useTranslations('common')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isSecondStep, setSecondStep] = useState(isHalfDone)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const given = { email: String(fields.get('email')), password: String(fields.get('password')) }
    setBusy(true)
    setProblem(undefined)
    try {
      const outcome = await signIn(given)
      if (outcome.state === 'signed_in') {
        const reason = await onDone()
        if (!reason) return
        setProblem(reason)
      } else if (outcome.state === 'second_factor') setSecondStep(true)
      else if (outcome.state === 'wait') setProblem(t('signIn.wait', { seconds: outcome.seconds }))
      else setProblem(t(outcome.state === 'single_sign_on_required' ? 'signIn.singleSignOn' : 'signIn.wrong'))
    } catch (error) {
      setProblem(tCommon(errorKey(error)))
    }
    setBusy(false)
  }
  if (isSecondStep) {
    const goBack = (reason?: string) => {
      setSecondStep(false)
      setProblem(reason)
    }
    return <SecondStep {...{ submitLabel, canUsePasskeys, onDone }} onBack={goBack} />
  }
  const message = problem ?? firstNotice
  return (
    <div className="grid grid-cols-1 gap-4">
      <form onSubmit={submit} className="grid grid-cols-1 gap-4">
        <Field label={t('email')}>
          <Input
            large
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={email}
            required
            autoFocus={!email}
          />
        </Field>
        <Field label={t('password')} note={<Forgotten hasMail={hasMail} />}>
          <PasswordInput large name="password" autoComplete="current-password" required />
        </Field>
        {message && (
          <p role={problem ? 'alert' : 'status'} className="text-14 font-medium">
            {message}
          </p>
        )}
        <Button type="submit" tone="gold" size="l" block isBusy={isBusy} className="mt-2">
          {submitLabel ?? t('signIn.submit')}
        </Button>
      </form>
      <OtherWays>
        <PasskeySignIn canUse={canUsePasskeys} onDone={onDone} />
        {props.children}
      </OtherWays>
    </div>
  )
}

function Forgotten({ hasMail }: { hasMail: boolean }) {
  const t = useTranslations('auth')
  const look = 'touch cursor-pointer text-text-2 underline decoration-line-2 underline-offset-3'
  if (hasMail)
    return (
      <Link href="/sign-in/reset" className={look}>
        {t('signIn.forgot')}
      </Link>
    )
  return (
    <details className="relative text-right">
      <summary className={cn(look, 'list-none')}>{t('signIn.forgot')}</summary>
      <div className="absolute right-0 z-10 mt-2 w-72 rounded-m bg-overlay p-4 text-left text-text-2 shadow-lift">
        {t('signIn.forgotText')}
      </div>
    </details>
  )
}
