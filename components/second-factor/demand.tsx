'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { Switch } from '@/components/ui/switch'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { demandSecondFactor } from '@/lib/second-factor/client'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type DemandProps = {
  team: { id: string; slug: string }
  /** `without`: how many members have no second factor yet. */
  demand: { isDemanded: boolean; without: number }
  /** Whether the reader has a second factor. */
  isSecured: boolean
  canChange: boolean
}

/** Whether the team demands a second factor of its members; its owners change it. */
export function SecondFactorDemand({ team, demand, isSecured, canChange }: DemandProps) {
  const t = useTranslations('factors.demand')
  const { isDemanded, without } = demand
  if (!canChange)
    return (
      <Section title={t('title')} lead={t('lead')}>
        <p className="text-text-2">{t(isDemanded ? 'required' : 'optional')}</p>
      </Section>
    )
  if (!isDemanded && !isSecured)
    return (
      <Section title={t('title')} lead={t('lead')}>
        <p className="mb-3 text-text-2">{t('own')}</p>
        <Link href={`/t/${team.slug}/settings/profile#two-step`} className={buttonClass()}>
          {t('toProfile')}
        </Link>
      </Section>
    )
  return (
    <Section title={t('title')} lead={t('lead')}>
      <DemandSwitch teamId={team.id} isDemanded={isDemanded} without={without} />
    </Section>
  )
}

type SwitchProps = { teamId: string; isDemanded: boolean; without: number }

function DemandSwitch({ teamId, isDemanded, without }: SwitchProps) {
  const t = useTranslations('factors.demand')
  const refresh = useRefresh()
  const [isAsked, setAsked] = useState(false)
  const tell = useProblemToast()
  const change = useMutation({
    scope: { id: `two-step sign-in of ${teamId}` }, // one after the other: the last press counts
    mutationFn: (isOn: boolean) => demandSecondFactor(teamId, isOn),
    onSuccess: refresh,
    onError: tell,
  })
  const [isOn, choose, chooseAsync] = useOptimisticChoice(isDemanded, change.mutateAsync)
  const press = (next: boolean) => (next && without > 0 ? setAsked(true) : choose(next))
  return (
    <div className="max-w-[440px]">
      <Switch label={t('switch')} hint={t('hint', { count: without })} isOn={isOn} onChange={press} />
      {isAsked && (
        <Confirm
          title={t('confirmTitle')}
          lead={t('confirmLead', { count: without })}
          action={t('turnOn')}
          onAct={() => chooseAsync(true)}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  )
}
