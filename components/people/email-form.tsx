'use client'
import { useMutation } from '@tanstack/react-query'
import { useRef, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { PasswordInput } from '@/components/account/password-input'
import { Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { showToast } from '@/components/ui/toast'
import { changeEmail } from '@/lib/people/client'
import type { ChangeEmailInput } from '@/lib/people/schema'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

type Props = {
  /** A link is mailed to the new address first. */
  isConfirmed: boolean
  hasPassword: boolean
}

/** Another address to sign in with, for the password of who has one. */
export function EmailForm({ isConfirmed, hasPassword }: Props) {
  const t = useTranslations('settings.account')
  const c = useTranslations('common')
  const refresh = useRefresh()
  const form = useRef<HTMLFormElement>(null)
  const change = useMutation({
    mutationFn: (input: ChangeEmailInput) => changeEmail(input),
    onSuccess: ({ state }, { email }) => {
      form.current?.reset()
      const address = isolate(email.trim().toLowerCase())
      showToast({ title: t(state === 'sent' ? 'emailSent' : 'emailChanged', { email: address }) })
      refresh()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    change.mutate({ email: String(fields.get('email')), password: String(fields.get('password') ?? '') })
  }
  const code = change.error instanceof ApiError ? change.error.code : undefined
  const emailProblem = {
    ...{ already_exists: t('emailTaken'), validation_failed: t('emailWrong') },
    confirmation_required: t('signInAgain'),
  }[code ?? '']
  const other = code === 'invalid_credentials' ? t('wrong') : change.error && c(errorKey(change.error))
  return (
    <Section title={t('email')} lead={t(isConfirmed ? 'emailLeadMail' : 'emailLead')}>
      <form ref={form} onSubmit={submit} className="grid max-w-[440px] grid-cols-1 gap-4">
        <Field label={t('newEmail')} error={emailProblem ?? (hasPassword ? undefined : (other ?? undefined))}>
          <LimitedInput name="email" type="email" autoComplete="email" limit={254} required />
        </Field>
        {hasPassword && (
          <Field label={t('password')} error={emailProblem ? undefined : other}>
            <PasswordInput name="password" autoComplete="current-password" required />
          </Field>
        )}
        <Button type="submit" isBusy={change.isPending} className="justify-self-start">
          {t('emailChange')}
        </Button>
      </form>
    </Section>
  )
}
