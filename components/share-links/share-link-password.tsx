'use client'
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { Switch } from '@/components/ui/switch'
import { showToast } from '@/components/ui/toast'
import { LINK_PASSWORD_MAX, LINK_PASSWORD_MIN } from '@/lib/share-links/limits'

type Props = { hasPassword: boolean; onSave: (password: string | null) => void }

/**
 * Sets, changes or takes away a link's password; nobody can read one that is set. Like every other change it needs no
 * press: what was typed is kept when the dialog closes.
 */
export function ShareLinkPassword({ hasPassword, onSave }: Props) {
  const t = useTranslations('share')
  const [typed, setTyped] = useState<string | null>(null)
  const turn = (isOn: boolean) => {
    setTyped(isOn ? '' : null)
    if (!isOn && hasPassword) onSave(null)
  }
  const save = (password: string) => {
    onSave(password)
    setTyped(null)
  }
  const leave = useEffectEvent(() => {
    if (!typed) return
    if (typed.length >= LINK_PASSWORD_MIN) onSave(typed)
    else showToast({ title: t('dialog.passwordNotSet'), text: t('dialog.passwordShort') })
  })
  useEffect(() => () => leave(), [])
  const state = hasPassword ? 'passwordSet' : typed === null ? 'passwordOff' : 'passwordOpen'
  return (
    <div className="min-h-14 py-2.5">
      <Switch
        label={t('dialog.password')}
        hint={t(`dialog.${state}`)}
        isOn={hasPassword || typed !== null}
        onChange={turn}
      />
      {hasPassword && typed === null && (
        <Button tone="ghost" size="s" className="-ml-2.5" onClick={() => setTyped('')}>
          {t('dialog.passwordChange')}
        </Button>
      )}
      {typed !== null && <PasswordForm password={typed} onType={setTyped} onSave={save} />}
    </div>
  )
}

type FormProps = { password: string; onType: (password: string) => void; onSave: (password: string) => void }

function PasswordForm({ password, onType, onSave }: FormProps) {
  const t = useTranslations('share')
  const [isShort, setShort] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (password.length < LINK_PASSWORD_MIN) setShort(true)
    else onSave(password)
  }
  return (
    <form onSubmit={submit} className="mt-2 flex items-end gap-2">
      <Field
        label={t('dialog.passwordNew')}
        error={isShort && password.length < LINK_PASSWORD_MIN ? t('dialog.passwordShort') : undefined}
        className="flex-1"
      >
        <LimitedInput
          autoFocus
          autoComplete="new-password"
          spellCheck={false}
          value={password}
          limit={LINK_PASSWORD_MAX}
          onText={onType}
        />
      </Field>
      <Button type="submit" tone="inverse" className="h-10! phone:h-11!">
        {t('dialog.passwordSave')}
      </Button>
    </form>
  )
}
