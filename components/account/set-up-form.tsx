'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import {
  AccountFields,
  accountFrom,
  useFormProblem,
  type FormProblem,
} from '@/components/account/account-fields'
import { useLocale } from '@/components/intl'
import { Button, buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LimitedInput } from '@/components/ui/limited-input'
import { Link } from '@/components/ui/link'
import { enter, signIn } from '@/lib/account/client'
import { ApiError } from '@/lib/platform/api-client'
import { setUp } from '@/lib/setup/client'

/** The owner's account and the team, then straight in. */
export function SetUpForm({ asksCode }: { asksCode: boolean }) {
  const t = useTranslations('auth')
  const locale = useLocale()
  const problemOf = useFormProblem()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FormProblem>()
  const [isTaken, setTaken] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const account = accountFrom(form)
    setBusy(true)
    setProblem(undefined)
    try {
      const code = asksCode ? String(form.get('code')) : undefined
      const body = { ...account, team: String(form.get('team')), locale, code }
      const { team } = await setUp(body)
      await signIn(account)
      return enter(`/t/${team.slug}/create`)
    } catch (error) {
      const errorCode = error instanceof ApiError ? error.code : ''
      setTaken(errorCode === 'setup_done')
      setProblem(
        errorCode === 'setup_code_wrong' ? { fields: { code: t('setUp.codeWrong') } } : problemOf(error),
      )
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="mt-5 grid max-w-[440px] grid-cols-1 gap-4">
      <AccountFields name="name" problem={problem} />
      <Field label={t('setUp.team')} hint={t('setUp.teamHint')} error={problem?.fields.team}>
        <LimitedInput large name="team" autoComplete="organization" limit={80} required />
      </Field>
      {asksCode && (
        <Field label={t('setUp.code')} hint={t('setUp.codeHint')} error={problem?.fields.code}>
          <Input large name="code" autoComplete="one-time-code" autoCapitalize="characters" required />
        </Field>
      )}
      {isTaken ? (
        <p role="alert" className="text-14">
          {t('setUp.done')}{' '}
          <Link href="/sign-in" className={buttonClass({ size: 's' })}>
            {t('setUp.toSignIn')}
          </Link>
        </p>
      ) : (
        problem?.whole && (
          <p role="alert" className="text-14 font-medium">
            {problem.whole}
          </p>
        )
      )}
      <Button
        type="submit"
        tone="gold"
        size="l"
        isBusy={isBusy}
        className="mt-2 justify-self-start phone:w-full"
      >
        {t('setUp.submit')}
      </Button>
    </form>
  )
}
