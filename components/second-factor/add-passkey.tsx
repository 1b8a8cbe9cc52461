'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ConfirmIdentity } from '@/components/second-factor/confirm-identity'
import { mustConfirm } from '@/components/second-factor/totp-set-up'
import { Button } from '@/components/ui/button'
import { deviceOf } from '@/lib/account/user-agent'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { addPasskey } from '@/lib/second-factor/client'
import type { Confirmation, SecondFactor } from '@/lib/second-factor/schema'

type AddPasskeyProps = {
  secondFactor: SecondFactor
  /** With the recovery codes to show; null when the person has some. */
  onDone: (recoveryCodes: string[] | null) => void
}

/** A passkey of this device, named after the browser until the person gives it another name. */
export function AddPasskey({ secondFactor, onDone }: AddPasskeyProps) {
  const t = useTranslations('factors')
  const tSettings = useTranslations('settings.profile')
  const tCommon = useTranslations('common')
  const [isAsked, setAsked] = useState(mustConfirm(secondFactor))
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const add = async (confirmation?: Confirmation) => {
    const device = deviceOf(navigator.userAgent)
    setProblem(undefined)
    const result = await addPasskey(
      device ? tSettings('device', device) : t('passkeys.unnamed'),
      confirmation,
    )
    if (typeof result === 'object') onDone(result.recoveryCodes)
    else setProblem(t(result === 'known' ? 'passkeys.known' : 'passkeys.failed'))
  }
  const begin = async () => {
    setBusy(true)
    await add().catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'confirmation_required') setAsked(true)
      else setProblem(tCommon(errorKey(error)))
    })
    setBusy(false)
  }
  const notice = problem && (
    <p role="alert" className="mb-4 text-14 font-medium">
      {problem}
    </p>
  )
  if (isAsked)
    return (
      <>
        {notice}
        <ConfirmIdentity secondFactor={secondFactor} submitLabel={t('confirm.submit')} onConfirm={add}>
          {t('passkeys.addLead')}
        </ConfirmIdentity>
      </>
    )
  return (
    <div className="grid grid-cols-1 pb-2">
      <p className="mb-4 text-14 leading-[22px] text-text-2">{t('passkeys.addLead')}</p>
      {notice}
      <Button tone="gold" isBusy={isBusy} onClick={begin} className="mt-2 justify-self-end">
        {t('confirm.submit')}
      </Button>
    </div>
  )
}
