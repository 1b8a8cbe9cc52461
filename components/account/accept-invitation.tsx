'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import {
  AccountFields,
  accountFrom,
  useFormProblem,
  type FormProblem,
} from '@/components/account/account-fields'
import { OtherWays } from '@/components/account/other-ways'
import { ProviderButtons } from '@/components/account/provider-buttons'
import { SignInForm } from '@/components/account/sign-in-form'
import { useLocale } from '@/components/intl'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { enter, signIn } from '@/lib/account/client'
import type { SignInProvider } from '@/lib/account/identity'
import { acceptInvitation } from '@/lib/invitations/client'
import { ApiError } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

type Person = { name: string; email: string }
type Way = 'me' | 'new' | 'have'

const createPage = ({ team }: { team: { slug: string } }) => `/t/${team.slug}/create`

type AcceptProps = {
  token: string
  person: Person | null
  /** The address that it was sent to, and whether somebody signs in with it. */
  invited: string | null
  hasAccount: boolean
  hasMail: boolean
  /** Whether this address has passkeys, as the server knows. */
  canUsePasskeys: boolean
  providers: SignInProvider[]
  /** Why an account elsewhere could not make one here. */
  refused?: 'no_email' | 'taken'
}

/** Three ways in: as who is signed in, with a new account, or by signing in to an old one. */
export function AcceptInvitation(props: AcceptProps) {
  const { token, person, invited, hasMail, refused } = props
  const t = useTranslations('auth')
  const others: Way = props.hasAccount || refused === 'taken' ? 'have' : 'new'
  const [way, setWay] = useState<Way>(person ? 'me' : others)
  const [problem, setProblem] = useState<string>()
  const problemOf = useJoinProblem()
  const join = async () => {
    try {
      enter(createPage(await acceptInvitation({ token })))
    } catch (error) {
      return problemOf(error)
    }
  }
  if (way === 'me' && person)
    return (
      <AsMe
        person={person}
        invited={invited}
        problem={problem}
        onJoin={async () => {
          setProblem(undefined)
          setProblem(await join())
        }}
        onOther={() => setWay(others)}
      />
    )
  const elsewhere = !person && <ProviderButtons providers={props.providers} next={`/invite/${token}`} />
  const options = [
    { value: 'new' as const, label: t('invitation.newAccount') },
    { value: 'have' as const, label: t('invitation.haveAccount') },
  ]
  return (
    <div className="grid grid-cols-1 gap-6">
      {refused && (
        <p role="status" className="text-14 font-medium">
          {t(refused === 'taken' ? 'invitation.takenElsewhere' : 'invitation.noEmail')}
        </p>
      )}
      <Segmented
        label={t('invitation.newAccount')}
        value={way === 'have' ? 'have' : 'new'}
        options={options}
        onChange={setWay}
      />
      {way === 'have' ? (
        <SignInForm
          submitLabel={t('invitation.signInAndJoin')}
          email={invited ?? undefined}
          hasMail={hasMail}
          canUsePasskeys={props.canUsePasskeys}
          onDone={join}
        >
          {elsewhere}
        </SignInForm>
      ) : (
        <>
          <NewAccount token={token} invited={invited} />
          <OtherWays>{elsewhere}</OtherWays>
        </>
      )}
    </div>
  )
}

type AsMeProps = {
  person: Person
  invited: string | null
  problem?: string
  onJoin: () => Promise<void>
  onOther: () => void
}

/** Whom it was sent to comes first when somebody else is signed in; they may still take it, as it may have been passed on. */
function AsMe({ person, invited, problem, onJoin, onOther }: AsMeProps) {
  const t = useTranslations('auth')
  const [isBusy, setBusy] = useState(false)
  const join = async () => {
    setBusy(true)
    await onJoin()
    setBusy(false)
  }
  const isForOther = invited !== null && invited !== person.email
  const asMe = (
    <Button tone={isForOther ? 'quiet' : 'gold'} size="l" block isBusy={isBusy} onClick={join}>
      {t('invitation.join', { name: isolate(person.name) })}
    </Button>
  )
  const asOther = (
    <Button tone={isForOther ? 'gold' : 'quiet'} size="l" block onClick={onOther}>
      {isForOther ? t('invitation.continueAs', { invited }) : t('invitation.another')}
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-14 wrap-anywhere text-text-2">
        {isForOther
          ? t('invitation.otherAddress', { invited, email: person.email })
          : t('invitation.asMe', { ...person, name: isolate(person.name) })}
      </p>
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
      {isForOther && asOther}
      {asMe}
      {!isForOther && asOther}
    </div>
  )
}

function NewAccount({ token, invited }: { token: string; invited: string | null }) {
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
      <AccountFields
        name="fullName"
        problem={problem}
        email={invited ?? undefined}
        emailHint={invited ? t('invitation.sentTo', { invited }) : undefined}
      />
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
