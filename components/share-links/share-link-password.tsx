'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Switch } from '@/components/ui/switch'

const SHORTEST = 4

type Props = { hasPassword: boolean; onSave: (password: string | null) => void }

/** Sets, changes or takes away a link's password; nobody can read one that is set. */
export function ShareLinkPassword({ hasPassword, onSave }: Props) {
  const t = useTranslations('share')
  const [isTyping, setTyping] = useState(false)
  const turn = (isOn: boolean) => {
    setTyping(isOn)
    if (!isOn && hasPassword) onSave(null)
  }
  const save = (password: string) => {
    onSave(password)
    setTyping(false)
  }
  return (
    <div className="min-h-14 py-2.5">
      <Switch
        label={t('dialog.password')}
        hint={t(hasPassword ? 'dialog.passwordSet' : 'dialog.passwordOff')}
        isOn={hasPassword || isTyping}
        onChange={turn}
      />
      {hasPassword && !isTyping && (
        <Button tone="ghost" size="s" className="-ml-2.5" onClick={() => setTyping(true)}>
          {t('dialog.passwordChange')}
        </Button>
      )}
      {isTyping && <PasswordForm onSave={save} />}
    </div>
  )
}

function PasswordForm({ onSave }: { onSave: (password: string) => void }) {
  const t = useTranslations('share')
  const [password, setPassword] = useState('')
  const [isShort, setShort] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (password.length < SHORTEST) setShort(true)
    else onSave(password)
  }
  return (
    <form onSubmit={submit} className="mt-2 flex items-end gap-2">
      <Field
        label={t('dialog.passwordNew')}
        error={isShort && password.length < SHORTEST ? t('dialog.passwordShort') : undefined}
        className="flex-1"
      >
        <Input
          autoFocus
          autoComplete="new-password"
          spellCheck={false}
          value={password}
          maxLength={200}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" tone="inverse" className="h-10! phone:h-11!">
        {t('dialog.passwordSave')}
      </Button>
    </form>
  )
}
