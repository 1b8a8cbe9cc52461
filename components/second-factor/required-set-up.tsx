'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { AddPasskey } from '@/components/second-factor/add-passkey'
import { RecoveryCodes } from '@/components/second-factor/recovery-codes'
import { SetUpTotp } from '@/components/second-factor/totp-set-up'
import { useCanUsePasskeys } from '@/components/second-factor/use-can-use-passkeys'
import { Segmented } from '@/components/ui/segmented'
import { enter } from '@/lib/account/client'
import type { SecondFactor } from '@/lib/second-factor/schema'

type Way = 'app' | 'passkey'

/** The set-up that a team demands, without the team around it: an app or a passkey, the recovery codes, then on to `next`. */
export function RequiredSetUp(props: { secondFactor: SecondFactor; email: string; next: string }) {
  const { secondFactor, email, next } = props
  const t = useTranslations('factors')
  const [way, setWay] = useState<Way>('app')
  const [codes, setCodes] = useState<string[]>()
  const { canHavePasskeys } = secondFactor
  const canUsePasskeys = useCanUsePasskeys(canHavePasskeys) && canHavePasskeys
  const goOn = () => enter(next)
  if (codes)
    return (
      <>
        <h2 className="text-18 font-semibold">{t('codes.shown')}</h2>
        <p className="mt-1 mb-4 text-14 text-text-2">{t('codes.shownLead')}</p>
        <RecoveryCodes codes={codes} email={email} onDone={goOn} />
      </>
    )
  const onDone = (recoveryCodes: string[] | null) => (recoveryCodes ? setCodes(recoveryCodes) : goOn())
  return (
    <div className="grid grid-cols-1 gap-6">
      {canUsePasskeys && (
        <Segmented
          label={t('required.choose')}
          value={way}
          options={[
            { value: 'app' as const, label: t('app.title') },
            { value: 'passkey' as const, label: t('passkeys.title') },
          ]}
          onChange={setWay}
        />
      )}
      {way === 'app' ? (
        <SetUpTotp secondFactor={secondFactor} onDone={onDone} />
      ) : (
        <AddPasskey secondFactor={secondFactor} onDone={onDone} />
      )}
    </div>
  )
}
