'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { useRefresh } from '@/components/shell/refresh'
import { onDemand } from '@/components/ui/on-demand'
import { Switch } from '@/components/ui/switch'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { updateSignInPolicy } from '@/lib/single-sign-on/client'
import type { SignInPolicy } from '@/lib/single-sign-on/schema'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

/** Whether members may still use their password; taking it from them is asked twice. */
export function PasswordPolicy({ team, policy }: { team: string; policy: SignInPolicy }) {
  const t = useTranslations('settings.security')
  const refresh = useRefresh()
  const tell = useProblemToast({ conflict: t('proveFirst') })
  const [isAsked, setAsked] = useState(false)
  const change = useMutation({
    scope: { id: `sign-in policy of ${team}` }, // one after the other: the last press counts
    mutationFn: (requiresSingleSignOn: boolean) => updateSignInPolicy(team, { requiresSingleSignOn }),
    onSuccess: refresh,
    onError: tell,
  })
  const [isOff, choose, chooseAsync] = useOptimisticChoice(policy.requiresSingleSignOn, change.mutateAsync)
  if (!policy.isProven && !isOff) return <p className="max-w-[62ch] text-text-2">{t('proveFirst')}</p>
  return (
    <div className="max-w-[440px]">
      <Switch
        label={t('require')}
        hint={t('requireHint')}
        isOn={isOff}
        onChange={(isOn) => (isOn ? setAsked(true) : choose(false))}
      />
      {isAsked && (
        <Confirm
          title={t('requireTitle')}
          lead={t('requireLead', { count: policy.unlinkedMembers })}
          action={t('require')}
          onAct={() => chooseAsync(true)}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  )
}
