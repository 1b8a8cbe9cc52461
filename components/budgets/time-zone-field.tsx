'use client'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { Select } from '@/components/ui/select'
import { showToast } from '@/components/ui/toast'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { useSetTimeZone } from '@/lib/budgets/client'

/** Where the team's days begin. */
export function TimeZoneField({ team, timeZone }: { team: string; timeZone: string }) {
  const t = useTranslations('settings.budgets')
  const tell = useProblemToast()
  const change = useSetTimeZone(team)
  const set = (next: string) =>
    change.mutateAsync(next, { onSuccess: () => showToast({ title: t('zoneSet') }), onError: tell })
  const [shown, choose] = useOptimisticChoice(timeZone, set)
  const zones = [...new Set([timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  return (
    <Section title={t('zone')} lead={t('zoneLead')}>
      <Select
        aria-label={t('zone')}
        value={shown}
        options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChange={({ target }) => choose(target.value)}
        className="w-72 max-w-full"
      />
    </Section>
  )
}
