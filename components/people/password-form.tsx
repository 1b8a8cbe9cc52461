'use client'
import { useMutation } from '@tanstack/react-query'
import { useRef, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useFormProblem } from '@/components/account/account-fields'
import { PasswordInput } from '@/components/account/password-input'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { showToast } from '@/components/ui/toast'
import { changePassword, personQueries } from '@/lib/people/client'
import type { ChangePasswordInput } from '@/lib/people/schema'
import { ApiError } from '@/lib/platform/api-client'

export function PasswordForm({ team, email }: { team: string; email: string }) {
  const t = useTranslations('settings')
  const tAuth = useTranslations('auth')
  const problemOf = useFormProblem()
  const form = useRef<HTMLFormElement>(null)
  const change = useMutation({
    meta: { invalidates: [personQueries.sessions(team).queryKey] },
    mutationFn: (input: ChangePasswordInput) => changePassword(input),
    onSuccess: () => {
      form.current?.reset()
      showToast({ title: t('profile.changed') })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    change.mutate({ current: String(fields.get('current')), next: String(fields.get('next')) })
  }
  const isWrong = change.error instanceof ApiError && change.error.code === 'invalid_credentials'
  const problem = change.error && !isWrong ? problemOf(change.error) : undefined
  return (
    <form ref={form} onSubmit={submit} className="grid max-w-[440px] grid-cols-1 gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={t('profile.current')} error={isWrong ? t('profile.wrong') : undefined}>
        <PasswordInput name="current" autoComplete="current-password" required />
      </Field>
      <Field
        label={t('profile.next')}
        hint={tAuth('passwordHint')}
        error={problem?.fields.next ?? problem?.whole}
      >
        <PasswordInput name="next" autoComplete="new-password" minLength={10} required />
      </Field>
      <Button type="submit" isBusy={change.isPending} className="justify-self-start">
        {t('profile.change')}
      </Button>
    </form>
  )
}
