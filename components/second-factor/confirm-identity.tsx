'use client'
import { KeyRound } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { PasswordInput } from '@/components/account/password-input'
import { useCanUsePasskeys } from '@/components/second-factor/use-can-use-passkeys'
import { Button, type ButtonTone } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { confirmWithPasskey } from '@/lib/second-factor/client'
import type { Confirmation, SecondFactor } from '@/lib/second-factor/schema'

type ConfirmIdentityProps = {
  secondFactor: SecondFactor
  /** What is about to happen. */
  children?: ReactNode
  submitLabel: string
  tone?: ButtonTone
  /** The act itself: its refusal of the confirmation is shown here. */
  onConfirm: (confirmation: Confirmation) => Promise<unknown>
}

/** Asks once more who it is before a factor changes: by password, by a code for who has none, or by passkey. */
export function ConfirmIdentity(props: ConfirmIdentityProps) {
  const { secondFactor, children, submitLabel, tone = 'gold', onConfirm } = props
  const t = useTranslations('factors.confirm')
  const problemOf = useConfirmProblem()
  const canUsePasskeys = useCanUsePasskeys(secondFactor.canHavePasskeys)
  const hasPasskey = canUsePasskeys && secondFactor.passkeys.some(({ otherHost }) => otherHost === null)
  const [busy, setBusy] = useState<'form' | 'passkey'>()
  const [problem, setProblem] = useState<string>()
  const attempt = async (way: 'form' | 'passkey', confirm: () => Promise<Confirmation | null>) => {
    setBusy(way)
    setProblem(undefined)
    try {
      const confirmation = await confirm()
      if (confirmation) await onConfirm(confirmation)
      else setProblem(t('noPasskey'))
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(undefined)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = String(new FormData(event.currentTarget).get('given'))
    const confirmation = secondFactor.hasPassword ? { password: given } : { code: given }
    void attempt('form', async () => confirmation)
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4 pb-2">
      {children && <div className="text-14 leading-[22px] text-text-2">{children}</div>}
      <p className="text-14 font-medium">{t('lead')}</p>
      {secondFactor.hasPassword ? (
        <Field label={t('password')} error={problem}>
          <PasswordInput name="given" autoComplete="current-password" required autoFocus />
        </Field>
      ) : (
        <Field label={t('code')} error={problem}>
          <Input name="given" autoComplete="one-time-code" spellCheck={false} required autoFocus />
        </Field>
      )}
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        {hasPasskey && (
          <Button
            isBusy={busy === 'passkey'}
            disabled={busy === 'form'}
            onClick={() => void attempt('passkey', confirmWithPasskey)}
          >
            <KeyRound aria-hidden className="size-4" />
            {t('passkey')}
          </Button>
        )}
        <Button type="submit" tone={tone} isBusy={busy === 'form'} disabled={busy === 'passkey'}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

function useConfirmProblem() {
  const t = useTranslations('factors.confirm')
  const tCommon = useTranslations('common')
  return (error: unknown): string => {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'invalid_credentials') return t('wrong')
    return code === 'too_many_requests' ? t('wait') : tCommon(errorKey(error))
  }
}
