'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { memberQueries } from '@/lib/members/client'
import type { Member } from '@/lib/members/schema'
import { resetSecondFactor } from '@/lib/second-factor/client'
import { isolate } from '@/lib/text/isolate'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

/** The way back in for a member who lost their device. */
export function ResetSecondFactor(props: { team: string; member: Member; onClose: () => void }) {
  const { team, member, onClose } = props
  const t = useTranslations('settings.members')
  const tell = useProblemToast({ forbidden: t('twoStepResetRefused') })
  const name = isolate(member.name)
  const reset = useMutation({
    meta: { invalidates: [memberQueries.all(team)] },
    mutationFn: () => resetSecondFactor(team, member.id),
    onSuccess: () => showToast({ title: t('twoStepResetDone', { name }) }),
    onError: tell,
  })
  return (
    <Confirm
      title={t('twoStepResetTitle', { name })}
      lead={t('twoStepResetLead')}
      action={t('twoStepResetDo')}
      onAct={() => reset.mutateAsync()}
      onClose={onClose}
    />
  )
}
