'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { Switch } from '@/components/ui/switch'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { updateTeam } from '@/lib/teams/client'

/** Whether what the team generates is private until its maker publishes it. */
export function TeamPrivacy({ team }: { team: { id: string; isPrivateByDefault: boolean } }) {
  const t = useTranslations('settings.team')
  const refresh = useRefresh()
  const change = useMutation({
    scope: { id: `privacy of ${team.id}` }, // one after the other: the last press counts
    mutationFn: (isPrivateByDefault: boolean) => updateTeam(team.id, { isPrivateByDefault }),
    onSuccess: refresh,
    onError: useProblemToast(),
  })
  const [isOn, choose] = useOptimisticChoice(team.isPrivateByDefault, change.mutateAsync)
  return (
    <Section title={t('privacy')}>
      <div className="max-w-[440px]">
        <Switch label={t('private')} hint={t('privateHint')} isOn={isOn} onChange={choose} />
      </div>
    </Section>
  )
}
