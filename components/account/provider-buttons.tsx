'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { providerName } from '@/components/account/provider-name'
import { Button } from '@/components/ui/button'
import type { ProviderId, SignInProvider } from '@/lib/account/identity'
import { errorKey } from '@/lib/platform/api-client'
import { leaveFor } from '@/lib/single-sign-on/client'
import { isolate } from '@/lib/text/isolate'

/** The ways to sign in elsewhere. Nothing when none is configured. */
export function ProviderButtons({ providers, next }: { providers: SignInProvider[]; next: string }) {
  const t = useTranslations('auth')
  const tCommon = useTranslations('common')
  const [chosen, setChosen] = useState<ProviderId>()
  const [problem, setProblem] = useState<string>()
  if (providers.length === 0) return null
  // stays busy until the page is gone
  const leave = async (id: ProviderId) => {
    setChosen(id)
    setProblem(undefined)
    try {
      await leaveFor(id, { next, purpose: 'sign-in' })
    } catch (error) {
      setProblem(tCommon(errorKey(error)))
      setChosen(undefined)
    }
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      {providers.map((provider) => (
        <Button
          key={provider.id}
          size="l"
          block
          isBusy={chosen === provider.id}
          onClick={() => void leave(provider.id)}
        >
          <span className="truncate">
            {t('signIn.with', { provider: isolate(providerName(t, provider)) })}
          </span>
        </Button>
      ))}
      {problem && (
        <p role="alert" className="text-14 font-medium">
          {problem}
        </p>
      )}
    </div>
  )
}
