'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { OtherWays } from '@/components/account/other-ways'
import { CodeInput } from '@/components/second-factor/code-input'
import type { OnSignedIn } from '@/components/second-factor/on-signed-in'
import { PasskeySignIn } from '@/components/second-factor/passkey-sign-in'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { signInWithCode } from '@/lib/account/client'
import { errorKey } from '@/lib/platform/api-client'

type SecondStepProps = {
  submitLabel?: string
  /** Whether this address has passkeys, as the server knows. */
  canUsePasskeys: boolean
  onDone: OnSignedIn
  /** The first step has to be taken again; `reason` says why, when it is not the person's own wish. */
  onBack: (reason?: string) => void
}

/** The second half of a sign-in: the app's code, a recovery code, or a passkey, which is a whole sign-in by itself. */
export function SecondStep({ submitLabel, canUsePasskeys, onDone, onBack }: SecondStepProps) {
  const t = useTranslations('factors.signIn')
  const tAuth = useTranslations('auth')
  const tCommon = useTranslations('common')
  const [isBusy, setBusy] = useState(false)
  const [isRecovery, setRecovery] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    setBusy(true)
    setProblem(undefined)
    try {
      const outcome = await signInWithCode(code)
      if (outcome.state === 'expired') return onBack(t('expired'))
      if (outcome.state === 'signed_in') {
        const reason = await onDone()
        if (!reason) return
        setProblem(reason)
      } else
        setProblem(outcome.state === 'wait' ? tAuth('signIn.wait', { seconds: outcome.seconds }) : t('wrong'))
    } catch (error) {
      setProblem(tCommon(errorKey(error)))
    }
    setBusy(false)
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <h2 className="text-18 font-semibold">{t('title')}</h2>
      <form onSubmit={submit} className="grid grid-cols-1 gap-4">
        <Field
          label={isRecovery ? t('recoveryCode') : t('code')}
          hint={t(isRecovery ? 'recoveryLead' : 'lead')}
        >
          {isRecovery ? (
            <Input
              key="recovery"
              large
              name="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              autoFocus
            />
          ) : (
            <CodeInput key="app" large autoFocus />
          )}
        </Field>
        {problem && (
          <p role="alert" className="text-14 font-medium">
            {problem}
          </p>
        )}
        <Button type="submit" tone="gold" size="l" block isBusy={isBusy}>
          {submitLabel ?? t('submit')}
        </Button>
      </form>
      <OtherWays>
        <PasskeySignIn canUse={canUsePasskeys} onDone={onDone} />
      </OtherWays>
      <div className="flex flex-wrap justify-between gap-2">
        <Button
          tone="ghost"
          className="-ml-3.5"
          onClick={() => {
            setRecovery(!isRecovery)
            setProblem(undefined)
          }}
        >
          {t(isRecovery ? 'useApp' : 'useRecovery')}
        </Button>
        <Button tone="ghost" className="-mr-3.5" onClick={() => onBack()}>
          {t('back')}
        </Button>
      </div>
      <p className="text-13 text-text-3">{t('lost')}</p>
    </div>
  )
}
