'use client'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import type { OnSignedIn } from '@/components/second-factor/on-signed-in'
import { useCanUsePasskeys } from '@/components/second-factor/use-can-use-passkeys'
import { Button } from '@/components/ui/button'
import { signInWithPasskey } from '@/lib/account/client'
import { errorKey } from '@/lib/platform/api-client'

type PasskeySignInProps = {
  /** What the server knows of this address before the page listens. */
  canUse: boolean
  onDone: OnSignedIn
}

/** The way in with a passkey alone; nothing where this browser or address has none. */
export function PasskeySignIn({ canUse, onDone }: PasskeySignInProps) {
  const t = useTranslations('factors.signIn')
  const tAuth = useTranslations('auth')
  const tCommon = useTranslations('common')
  const isOffered = useCanUsePasskeys(canUse)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  if (!isOffered) return null
  const enter = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const outcome = await signInWithPasskey()
      if (outcome.state === 'signed_in') {
        const reason = await onDone()
        if (!reason) return
        setProblem(reason)
      } else if (outcome.state === 'wait') setProblem(tAuth('signIn.wait', { seconds: outcome.seconds }))
      else if (outcome.state === 'single_sign_on_required') setProblem(tAuth('signIn.singleSignOn'))
      else setProblem(t(outcome.state === 'canceled' ? 'noPasskey' : 'unknownPasskey'))
    } catch (error) {
      setProblem(tCommon(errorKey(error)))
    }
    setBusy(false)
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <Button size="l" block isBusy={isBusy} onClick={enter}>
        <KeyRound aria-hidden className="size-[18px]" />
        {t('passkey')}
      </Button>
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
    </div>
  )
}
