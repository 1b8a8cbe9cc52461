'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { enter } from '@/lib/account/client'
import { removeMember } from '@/lib/members/client'
import { isolate } from '@/lib/text/isolate'

const LeavingDialog = onDemand(() =>
  import('@/components/members/leaving-dialog').then((module) => module.LeavingDialog),
)

/** The way out of a team, for oneself. */
export function LeaveTeam({ team, name, personId }: { team: string; name: string; personId: string }) {
  const t = useTranslations('settings')
  const [isAsked, setAsked] = useState(false)
  const tell = useProblemToast({ last_owner: t('profile.lastOwner'), heir_invalid: t('leaving.heirInvalid') })
  const leave = useMutation({
    mutationFn: (heirId?: string) => removeMember(team, personId, heirId),
    onSuccess: () => enter('/'),
    onError: tell,
  })
  const title = t('profile.leave', { team: isolate(name) })
  return (
    <Section title={title} lead={t('profile.leaveLead')}>
      <Button tone="removal" onClick={() => setAsked(true)}>
        {title}
      </Button>
      {isAsked && (
        <LeavingDialog
          team={team}
          memberId={personId}
          title={title}
          lead={t('profile.leaveLead')}
          action={title}
          onAct={(heirId) => leave.mutateAsync(heirId)}
          onClose={() => setAsked(false)}
        />
      )}
    </Section>
  )
}
