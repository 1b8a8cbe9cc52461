'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { SecondStep } from '@/components/second-factor/second-step'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { enter, signInByLink } from '@/lib/account/client'
import { errorKey } from '@/lib/platform/api-client'

/** Where somebody goes whom this link does not let in. */
type NextPage = { path: string; says: 'link.back' | 'link.askAgain' }

/** The press that uses a sign-in link up: a mail scanner that opens every link does not press. */
export function ConfirmSignIn({ token, canUsePasskeys }: { token: string; canUsePasskeys: boolean }) {
  const t = useTranslations('auth')
  const tCommon = useTranslations('common')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [nextPage, setNextPage] = useState<NextPage>()
  const [isSecondStep, setSecondStep] = useState(false)
  const confirm = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const outcome = await signInByLink(token)
      if (outcome.state === 'signed_in') return enter('/')
      if (outcome.state === 'second_factor') return setSecondStep(true)
      if (outcome.state === 'wait') setProblem(t('signIn.wait', { seconds: outcome.seconds }))
      else if (outcome.state === 'single_sign_on_required') {
        setProblem(t('signIn.singleSignOn'))
        setNextPage({ path: '/sign-in', says: 'link.back' })
      } else {
        setProblem(`${t('link.invalidTitle')}. ${t('link.invalidText')}`)
        setNextPage({ path: '/sign-in/link', says: 'link.askAgain' })
      }
    } catch (error) {
      setProblem(tCommon(errorKey(error)))
    }
    setBusy(false)
  }
  if (isSecondStep) {
    const leave = (path: string) => () => enter(path)
    return <SecondStep canUsePasskeys={canUsePasskeys} onDone={leave('/')} onBack={leave('/sign-in')} />
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
      {nextPage ? (
        <Link href={nextPage.path} className={buttonClass({ size: 'l', block: true })}>
          {t(nextPage.says)}
        </Link>
      ) : (
        <Button tone="gold" size="l" block isBusy={isBusy} onClick={confirm}>
          {t('signIn.submit')}
        </Button>
      )}
    </div>
  )
}
