'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { absolute } from '@/components/invitations/invite'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-button'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { getInvitationLink, invitationQueries, revokeInvitation } from '@/lib/invitations/client'
import type { Invitation, InvitationList } from '@/lib/invitations/schema'
import { memberQueries } from '@/lib/members/client'
import { isolate } from '@/lib/text/isolate'

/** Links that nobody has used yet: to copy again, or to take back. */
export function Invitations({ team, role, initial }: { team: string; role: Role; initial: InvitationList }) {
  const t = useTranslations('settings')
  const { data } = useQuery({ ...invitationQueries.list(team), initialData: initial })
  return (
    <Section title={t('members.invited')}>
      {data.items.length === 0 && <p className="text-text-3">{t('members.noInvitations')}</p>}
      <ul>
        {data.items.map((invitation) => (
          <InvitationLine
            key={invitation.id}
            team={team}
            invitation={invitation}
            canShow={rolesInReachOf(role).includes(invitation.role)}
          />
        ))}
      </ul>
    </Section>
  )
}

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type LineProps = { team: string; invitation: Invitation; canShow: boolean }

function InvitationLine({ team, invitation, canShow }: LineProps) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const format = useFormatter()
  const tell = useProblemToast({ unavailable: t('members.linkGone') })
  const role = t(`roles.${invitation.role}`)
  const [isAsked, setAsked] = useState(false)
  const withdraw = useMutation({
    meta: { invalidates: [memberQueries.all(team)] },
    mutationFn: () => revokeInvitation(team, invitation.id),
    onError: tell,
  })
  const copy = useMutation({
    mutationFn: () => getInvitationLink(team, invitation.id),
    onSuccess: async ({ path }) => {
      if (await copyText(absolute(path))) showToast({ title: tCommon('copied') })
    },
    onError: tell,
  })
  const actions = (
    <>
      {canShow && (
        <Button tone="ghost" size="s" isBusy={copy.isPending} onClick={() => copy.mutate()}>
          {t('members.copyLink')}
        </Button>
      )}
      <Button
        tone="ghost"
        size="s"
        aria-label={t('members.withdrawNamed', { role })}
        onClick={() => setAsked(true)}
        className="text-danger! hover:text-danger!"
      >
        {t('members.withdraw')}
      </Button>
    </>
  )
  return (
    <Line actions={actions}>
      {isAsked && (
        <Confirm
          title={t('members.withdrawTitle', { role })}
          lead={t('members.withdrawLead')}
          action={t('members.withdraw')}
          onAct={() => withdraw.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
      <div className="flex items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2">
          <Mail aria-hidden className="size-4" />
        </span>
        <span className="min-w-0">
          <span className="block font-medium">
            {t('members.invitedBy', { role, name: isolate(invitation.createdBy) })}
          </span>
          <span className="text-13 text-text-3">
            {t('members.expires', {
              time: format.dateTime(new Date(invitation.expiresAt), { dateStyle: 'medium' }),
            })}
          </span>
        </span>
      </div>
    </Line>
  )
}
