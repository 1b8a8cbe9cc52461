'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useFormProblem, type FormProblem } from '@/components/account/account-fields'
import { useLocale } from '@/components/intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { requestAccountLink } from '@/lib/account/client'

/** Asks for a link by mail. What it answers says nothing about who has an account. */
export function AskForLink({ purpose }: { purpose: 'sign_in' | 'reset' }) {
  const t = useTranslations('auth')
  const locale = useLocale()
  const problemOf = useFormProblem()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FormProblem>()
  const [sentTo, setSentTo] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    setBusy(true)
    setProblem(undefined)
    try {
      await requestAccountLink({ email, purpose, locale })
      setSentTo(email)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  if (sentTo)
    return (
      <div role="status" className="rounded-m bg-field p-4 edge">
        <p className="text-15 font-semibold">{t('link.sentTitle')}</p>
        <p className="mt-1 text-14 wrap-anywhere text-text-2">{t('link.sent', { email: sentTo })}</p>
      </div>
    )
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4">
      <Field label={t('email')} error={problem?.fields.email}>
        <LimitedInput
          large
          name="email"
          type="email"
          autoComplete="username"
          limit={254}
          required
          autoFocus
        />
      </Field>
      {problem?.whole && (
        <p role="alert" className="text-14 font-medium">
          {problem.whole}
        </p>
      )}
      <Button type="submit" tone="gold" size="l" block isBusy={isBusy} className="mt-2">
        {t('link.submit')}
      </Button>
    </form>
  )
}
