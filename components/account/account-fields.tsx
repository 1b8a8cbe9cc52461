'use client'
import { useTranslations } from 'use-intl/react'
import { PasswordInput } from '@/components/account/password-input'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** What is wrong with a form that was sent: a sentence per field (by the last part of its path), one for the whole. */
export type FormProblem = { fields: Record<string, string>; whole?: string }

const passwordProblems = ['too_short', 'too_long', 'too_common', 'too_simple', 'contains_name'] as const

/** The sentences for a refused form with the fields of an account. */
export function useFormProblem() {
  const t = useTranslations('auth')
  const tCommon = useTranslations('common')
  return (error: unknown): FormProblem => {
    const named = error instanceof ApiError ? error.errors : []
    if (named.length === 0) return { fields: {}, whole: tCommon(errorKey(error)) }
    const sentence = (field: string, message: string): string => {
      const problem = passwordProblems.find((code) => code === message)
      if (problem) return t(`passwordProblems.${problem}`)
      if (field === 'email' || field === 'name' || field === 'team') return t(`problems.${field}`)
      return tCommon('errors.validation_failed')
    }
    const fields = named.map(({ path, message }): [string, string] => {
      const field = path.split('.').at(-1) ?? path
      return [field, sentence(field, message)]
    })
    return { fields: Object.fromEntries(fields) }
  }
}

type FieldsProps = {
  /** What the name is called: the first owner's own, or that of somebody who was invited. */
  name: 'name' | 'fullName'
  problem: FormProblem | undefined
  /** The address that stands there at first. */
  email?: string
  emailHint?: string
}

/** Name, e-mail and a new password. */
export function AccountFields({ name, problem, email, emailHint }: FieldsProps) {
  const t = useTranslations('auth')
  return (
    <>
      <Field label={t(name)} error={problem?.fields.name}>
        <LimitedInput large name="name" autoComplete="name" limit={80} required />
      </Field>
      <Field label={t('email')} hint={emailHint} error={problem?.fields.email}>
        <LimitedInput
          large
          name="email"
          type="email"
          autoComplete="username"
          limit={254}
          defaultValue={email}
          required
        />
      </Field>
      <Field label={t('newPassword')} hint={t('passwordHint')} error={problem?.fields.password}>
        <PasswordInput large name="password" autoComplete="new-password" minLength={10} required />
      </Field>
    </>
  )
}

/** The account's fields out of a submitted form. */
export function accountFrom(form: FormData) {
  return {
    name: String(form.get('name')),
    email: String(form.get('email')),
    password: String(form.get('password')),
  }
}
