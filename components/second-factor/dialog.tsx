'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { AddPasskey } from '@/components/second-factor/add-passkey'
import { ConfirmIdentity } from '@/components/second-factor/confirm-identity'
import { RecoveryCodes } from '@/components/second-factor/recovery-codes'
import { SetUpTotp } from '@/components/second-factor/totp-set-up'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { showToast } from '@/components/ui/toast'
import { removePasskey, removeTotp, renamePasskey, renewRecoveryCodes } from '@/lib/second-factor/client'
import { PASSKEY_NAME_MAX } from '@/lib/second-factor/limits'
import type { Confirmation, Passkey, SecondFactor } from '@/lib/second-factor/schema'
import { isolate } from '@/lib/text/isolate'

/** What the person wants to do with their two-step sign-in. */
export type Act =
  | { kind: 'set-up-app' }
  | { kind: 'remove-app' }
  | { kind: 'add-passkey' }
  | { kind: 'renew-codes' }
  | { kind: 'rename'; passkey: Passkey }
  | { kind: 'remove-passkey'; passkey: Passkey }

type FactorDialogProps = {
  act: Act
  secondFactor: SecondFactor
  email: string
  /** Something is different now. */
  onChange: () => void
  onClose: () => void
}

/** One act on the two-step sign-in, step by step; new recovery codes are its last step. */
export function FactorDialog({ act, secondFactor, email, onChange, onClose }: FactorDialogProps) {
  const t = useTranslations('factors')
  const [codes, setCodes] = useState<string[]>()
  const finish = (toast: string) => {
    showToast({ title: toast })
    onChange()
    onClose()
  }
  const showCodes = (toast: string) => (recoveryCodes: string[] | null) => {
    if (!recoveryCodes) return finish(toast)
    setCodes(recoveryCodes)
    onChange()
  }
  if (codes)
    return (
      <Dialog isOpen title={t('codes.shown')} lead={t('codes.shownLead')} onClose={onClose}>
        <RecoveryCodes codes={codes} email={email} onDone={onClose} />
      </Dialog>
    )
  return (
    <Dialog isOpen title={<Title act={act} secondFactor={secondFactor} />} onClose={onClose}>
      {act.kind === 'set-up-app' && (
        <SetUpTotp secondFactor={secondFactor} onDone={showCodes(t('app.added'))} />
      )}
      {act.kind === 'add-passkey' && (
        <AddPasskey secondFactor={secondFactor} onDone={showCodes(t('passkeys.added'))} />
      )}
      {act.kind === 'renew-codes' && (
        <ConfirmIdentity
          secondFactor={secondFactor}
          submitLabel={t('codes.renew')}
          onConfirm={async (given) => setCodes((await renewRecoveryCodes(given)).recoveryCodes ?? undefined)}
        >
          {t('codes.renewLead')}
        </ConfirmIdentity>
      )}
      {act.kind === 'rename' && <Rename passkey={act.passkey} onDone={onChange} onClose={onClose} />}
      {act.kind === 'remove-app' && (
        <Remove secondFactor={secondFactor} remove={removeTotp} onDone={() => finish(t('app.removed'))} />
      )}
      {act.kind === 'remove-passkey' && (
        <Remove
          secondFactor={secondFactor}
          lead={t('passkeys.removeLead')}
          remove={(given) => removePasskey(act.passkey.id, given)}
          onDone={() => finish(t('passkeys.removed'))}
        />
      )}
    </Dialog>
  )
}

function Title({ act, secondFactor }: Pick<FactorDialogProps, 'act' | 'secondFactor'>) {
  const t = useTranslations('factors')
  if (act.kind === 'set-up-app') return t(secondFactor.totp ? 'app.changeNamed' : 'app.setUpNamed')
  if (act.kind === 'remove-app') return t('app.removeTitle')
  if (act.kind === 'add-passkey') return t('passkeys.add')
  if (act.kind === 'renew-codes') return t('codes.renewTitle')
  const name = isolate(act.passkey.name)
  return act.kind === 'rename' ? t('passkeys.renameNamed', { name }) : t('passkeys.removeTitle', { name })
}

type RemoveProps = {
  secondFactor: SecondFactor
  lead?: string
  remove: (confirmation: Confirmation) => Promise<unknown>
  onDone: () => void
}

function Remove({ secondFactor, lead, remove, onDone }: RemoveProps) {
  const t = useTranslations('factors')
  const isLast = secondFactor.passkeys.length + (secondFactor.totp ? 1 : 0) === 1
  return (
    <ConfirmIdentity
      secondFactor={secondFactor}
      tone="danger"
      submitLabel={t('app.remove')}
      onConfirm={async (given) => {
        await remove(given)
        onDone()
      }}
    >
      {lead} {isLast && t('confirm.lastLead')}
    </ConfirmIdentity>
  )
}

type RenameProps = { passkey: Passkey; onDone: () => void; onClose: () => void }

function Rename({ passkey, onDone, onClose }: RenameProps) {
  const t = useTranslations('factors.passkeys')
  const tCommon = useTranslations('common')
  const tell = useProblemToast()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    setBusy(true)
    try {
      await renamePasskey(passkey.id, name)
      onDone()
      return onClose()
    } catch (error) {
      tell(error)
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4 pb-2">
      <Field label={t('name')}>
        <LimitedInput name="name" defaultValue={passkey.name} limit={PASSKEY_NAME_MAX} required autoFocus />
      </Field>
      <Button type="submit" tone="gold" isBusy={isBusy} className="mt-2 justify-self-end">
        {tCommon('save')}
      </Button>
    </form>
  )
}
