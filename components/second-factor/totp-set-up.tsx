'use client'
import { useState, type FormEvent } from 'react'
import { renderSVG } from 'uqr'
import { useTranslations } from 'use-intl/react'
import { CodeInput } from '@/components/second-factor/code-input'
import { ConfirmIdentity } from '@/components/second-factor/confirm-identity'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { beginTotp, confirmTotp } from '@/lib/second-factor/client'
import type { SecondFactor, TotpSetUp } from '@/lib/second-factor/schema'

type SetUpTotpProps = {
  secondFactor: SecondFactor
  /** With the recovery codes to show; null when the person has some. */
  onDone: (recoveryCodes: string[] | null) => void
}

/** An authenticator app: who it is, then the QR code, then the app's first code. */
export function SetUpTotp({ secondFactor, onDone }: SetUpTotpProps) {
  const t = useTranslations('factors')
  const tCommon = useTranslations('common')
  const [setUp, setSetUp] = useState<TotpSetUp>()
  const [isAsked, setAsked] = useState(mustConfirm(secondFactor))
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  if (setUp) return <FirstCode setUp={setUp} onDone={onDone} />
  if (isAsked)
    return (
      <ConfirmIdentity
        secondFactor={secondFactor}
        submitLabel={t('confirm.submit')}
        onConfirm={async (confirmation) => setSetUp(await beginTotp(confirmation))}
      >
        {t(secondFactor.totp ? 'app.changeLead' : 'app.lead')}
      </ConfirmIdentity>
    )
  const begin = async () => {
    setBusy(true)
    try {
      setSetUp(await beginTotp())
    } catch (error) {
      if (error instanceof ApiError && error.code === 'confirmation_required') setAsked(true)
      else setProblem(tCommon(errorKey(error)))
    }
    setBusy(false)
  }
  return (
    <div className="grid grid-cols-1 gap-4 pb-2">
      <p className="text-14 leading-[22px] text-text-2">{t('app.lead')}</p>
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
      <Button tone="gold" isBusy={isBusy} onClick={begin} className="mt-2 justify-self-end">
        {t('confirm.submit')}
      </Button>
    </div>
  )
}

/** Whether the server will ask who it is before it adds a factor. */
export const mustConfirm = ({ totp, passkeys, isFresh }: SecondFactor) =>
  !isFresh || totp !== null || passkeys.length > 0

function FirstCode({ setUp, onDone }: { setUp: TotpSetUp; onDone: SetUpTotpProps['onDone'] }) {
  const t = useTranslations('factors.app')
  const problemOf = useCodeProblem()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    setBusy(true)
    setProblem(undefined)
    try {
      const { recoveryCodes } = await confirmTotp(setUp.token, code)
      return onDone(recoveryCodes)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4 pb-2">
      <p className="text-14 leading-[22px] text-text-2">{t('scan')}</p>
      {/* eslint-disable-next-line @next/next/no-img-element -- drawn here: there is nothing to load or to encode */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(setUp.uri, { border: 2 }))}`}
        alt={t('qr')}
        className="bg-white size-44 justify-self-center rounded-m"
      />
      <div className="grid gap-2">
        <p className="text-13 font-medium text-text-2">{t('key')}</p>
        <div className="flex items-center gap-2">
          <code className="min-w-0 flex-1 rounded-s bg-field px-2.5 py-1.5 text-13 leading-5 wrap-anywhere edge">
            {setUp.secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
          <CopyButton text={setUp.secret} label={t('copyKey')} iconOnly />
        </div>
      </div>
      <Field label={t('code')} error={problem}>
        <CodeInput autoFocus />
      </Field>
      <Button type="submit" tone="gold" isBusy={isBusy} className="mt-2 justify-self-end">
        {t('turnOn')}
      </Button>
    </form>
  )
}

function useCodeProblem() {
  const t = useTranslations('factors')
  const tCommon = useTranslations('common')
  return (error: unknown): string => {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'invalid_credentials') return t('app.wrong')
    if (code === 'conflict') return t('app.over')
    return code === 'too_many_requests' ? t('confirm.wait') : tCommon(errorKey(error))
  }
}
