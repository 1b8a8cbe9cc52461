'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useFormProblem, type FormProblem } from '@/components/account/account-fields'
import { PasswordInput } from '@/components/account/password-input'
import { Button, buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { resetPassword } from '@/lib/account/client'
import { ApiError } from '@/lib/platform/api-client'

/** A new password by a reset link; the person then signs in with it, and with whatever else they prove themselves by. */
export function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('auth')
  const problemOf = useFormProblem()
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const [problem, setProblem] = useState<FormProblem>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    setBusy(true)
    setProblem(undefined)
    try {
      await resetPassword({ token, password })
      setDone(true)
    } catch (error) {
      const isOver = error instanceof ApiError && error.code === 'link_invalid'
      setProblem(isOver ? { fields: {}, whole: t('link.invalidText') } : problemOf(error))
    }
    setBusy(false)
  }
  if (isDone)
    return (
      <div className="grid grid-cols-1 gap-5">
        <div role="status" className="rounded-m bg-field p-4 edge">
          <p className="text-15 font-semibold">{t('link.changedTitle')}</p>
          <p className="mt-1 text-14 text-text-2">{t('link.changedText')}</p>
        </div>
        <Link href="/sign-in" className={buttonClass({ tone: 'gold', size: 'l', block: true })}>
          {t('signIn.submit')}
        </Link>
      </div>
    )
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4">
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <Field label={t('newPassword')} hint={t('passwordHint')} error={problem?.fields.password}>
        <PasswordInput large name="password" autoComplete="new-password" minLength={10} required autoFocus />
      </Field>
      {problem?.whole && (
        <p role="alert" className="text-14 font-medium">
          {problem.whole}
        </p>
      )}
      <Button type="submit" tone="gold" size="l" block isBusy={isBusy} className="mt-2">
        {t('link.newPassword')}
      </Button>
    </form>
  )
}
