'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import {
  AccountFields,
  accountFrom,
  useFormProblem,
  type FormProblem,
} from '@/components/account/account-fields'
import { SignInForm } from '@/components/account/sign-in-form'
import { useLocale } from '@/components/intl'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { enter, signIn } from '@/lib/account/client'
import { acceptInvitation } from '@/lib/invitations/client'
import { ApiError } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

type Person = { name: string; email: string }
type Way = 'me' | 'new' | 'have'

const createPage = ({ team }: { team: { slug: string } }) => `/t/${team.slug}/create`

/** Three ways in: as who is signed in, with a new account, or by signing in to an old one. */
export function AcceptInvitation({ token, person }: { token: string; person: Person | null }) {
  const t = useTranslations('auth')
  const [way, setWay] = useState<Way>(person ? 'me' : 'new')
  const [problem, setProblem] = useState<string>()
  const problemOf = useJoinProblem()
  const joinAsMe = async () => {
    setProblem(undefined)
    try {
      enter(createPage(await acceptInvitation({ token })))
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  if (way === 'me' && person)
    return <AsMe person={person} problem={problem} onJoin={joinAsMe} onOther={() => setWay('new')} />
  const options = [
    { value: 'new' as const, label: t('invitation.newAccount') },
    { value: 'have' as const, label: t('invitation.haveAccount') },
  ]
  return (
    <div className="grid grid-cols-1 gap-6">
      <Segmented
        label={t('invitation.newAccount')}
        value={way === 'have' ? 'have' : 'new'}
        options={options}
        onChange={setWay}
      />
      {way === 'have' ? (
        <SignInForm submitLabel={t('invitation.signInAndJoin')} firstNotice={problem} onDone={joinAsMe} />
      ) : (
        <NewAccount token={token} />
      )}
    </div>
  )
}

type AsMeProps = { person: Person; problem?: string; onJoin: () => Promise<void>; onOther: () => void }

function AsMe({ person, problem, onJoin, onOther }: AsMeProps) {
  const t = useTranslations('auth')
  const [isBusy, setBusy] = useState(false)
  const join = async () => {
    setBusy(true)
    await onJoin()
    setBusy(false)
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-14 text-text-2">{t('invitation.asMe', { ...person, name: isolate(person.name) })}</p>
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
      <Button tone="gold" size="l" block isBusy={isBusy} onClick={join}>
        {t('invitation.join', { name: isolate(person.name) })}
      </Button>
      <Button size="l" block onClick={onOther}>
        {t('invitation.another')}
      </Button>
    </div>
  )
}

function NewAccount({ token }: { token: string }) {
  const t = useTranslations('auth')
  const locale = useLocale()
  const problemOf = useNewAccountProblem()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FormProblem>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const account = accountFrom(new FormData(event.currentTarget))
    setBusy(true)
    setProblem(undefined)
    try {
      const joined = await acceptInvitation({ token, account: { ...account, locale } })
      await signIn(account)
      return enter(createPage(joined))
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4">
      <AccountFields name="fullName" problem={problem} />
      {problem?.whole && (
        <p role="alert" className="text-14 font-medium">
          {problem.whole}
        </p>
      )}
      <Button type="submit" tone="gold" size="l" block isBusy={isBusy} className="mt-2">
        {t('invitation.create')}
      </Button>
    </form>
  )
}

function useNewAccountProblem() {
  const t = useTranslations('auth')
  const problemOf = useFormProblem()
  return (error: unknown): FormProblem => {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'already_exists') return { fields: { email: t('invitation.taken') } }
    if (code === 'invitation_invalid') return { fields: {}, whole: t('invitation.invalidText') }
    return problemOf(error)
  }
}

function useJoinProblem() {
  const t = useTranslations('auth')
  const problemOf = useFormProblem()
  return (error: unknown): string | undefined => {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'already_exists') return t('invitation.member')
    if (code === 'invitation_invalid') return t('invitation.invalidText')
    return problemOf(error).whole
  }
}
