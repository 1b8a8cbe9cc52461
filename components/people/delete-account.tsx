'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { PasswordInput } from '@/components/account/password-input'
import { Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { enter } from '@/lib/account/client'
import { deleteAccount } from '@/lib/people/client'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** Cannot be undone: the password is typed by hand, by who has one. */
export function DeleteAccount({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations('settings.account')
  const c = useTranslations('common')
  const [password, setPassword] = useState('')
  const remove = useMutation({
    mutationFn: () => deleteAccount(password),
    onSuccess: () => enter('/sign-in'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    remove.mutate()
  }
  const code = remove.error instanceof ApiError ? remove.error.code : ''
  const known = {
    invalid_credentials: t('wrong'),
    last_owner: t('soleOwner'),
    confirmation_required: t('signInAgain'),
  }[code]
  const problem = remove.error ? (known ?? c(errorKey(remove.error))) : undefined
  return (
    <Section title={t('delete')} lead={t('deleteLead')}>
      <form onSubmit={submit} className="grid max-w-[440px] grid-cols-1 gap-3">
        {hasPassword ? (
          <Field label={t('deletePassword')} error={problem}>
            <PasswordInput
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
            />
          </Field>
        ) : (
          problem && (
            <p role="alert" className="text-13 text-danger">
              {problem}
            </p>
          )
        )}
        <Button
          type="submit"
          tone="danger"
          isBusy={remove.isPending}
          disabled={hasPassword && password === ''}
          className="justify-self-start"
        >
          {t('deleteDo')}
        </Button>
      </form>
    </Section>
  )
}
