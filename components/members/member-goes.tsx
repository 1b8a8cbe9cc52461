import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { memberQueries, removeMember, updateMember } from '@/lib/members/client'
import type { Member } from '@/lib/members/schema'
import { isolate } from '@/lib/text/isolate'

const LeavingDialog = onDemand(() =>
  import('@/components/members/leaving-dialog').then((module) => module.LeavingDialog),
)

/** A member who is to go, and how. */
export type Leaver = { member: Member; how: 'remove' | 'disable' }

/** Asks before somebody is removed or deactivated, and does it. */
export function MemberGoes({ team, leaver, onClose }: { team: string; leaver: Leaver; onClose: () => void }) {
  const t = useTranslations('settings')
  const { member, how } = leaver
  const name = isolate(member.name)
  const tell = useProblemToast({
    last_owner: t('members.lastOwner'),
    heir_invalid: t('leaving.heirInvalid'),
  })
  const go = useMutation({
    meta: { invalidates: [memberQueries.all(team)] },
    mutationFn: async (heirId?: string) => {
      if (how === 'remove') await removeMember(team, member.id, heirId)
      else await updateMember(team, member.id, { isDisabled: true, heirId })
    },
    onSuccess: () => {
      if (how === 'remove') showToast({ title: t('members.removed', { name }) })
    },
    onError: tell,
  })
  return (
    <LeavingDialog
      team={team}
      memberId={member.id}
      title={t(how === 'remove' ? 'members.removeTitle' : 'members.disableTitle', { name })}
      lead={t(how === 'remove' ? 'members.removeLead' : 'members.disableLead')}
      action={t(how === 'remove' ? 'members.removeDo' : 'members.disable')}
      isPause={how === 'disable'}
      onAct={(heirId) => go.mutateAsync(heirId)}
      onClose={onClose}
    />
  )
}
