'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { createInvitation, invitationQueries } from '@/lib/invitations/client'
import type { CreateInvitationInput, Invitation, InvitationLink } from '@/lib/invitations/schema'
import { memberQueries } from '@/lib/members/client'

type Made = Invitation & InvitationLink

/** Makes a link for one person; the fresh link stands ready to be copied. */
export function Invite({ team, role }: { team: string; role: Role }) {
  const t = useTranslations('settings')
  const client = useQueryClient()
  const tell = useProblemToast()
  const roles = (['member', 'viewer', 'admin'] as const).filter((name) => rolesInReachOf(role).includes(name))
  const [wanted, setWanted] = useState<CreateInvitationInput['role']>('member')
  const invite = useMutation({
    meta: { invalidates: [memberQueries.all(team)] },
    mutationFn: (input: CreateInvitationInput) => createInvitation(team, input),
    onSuccess: (made) =>
      client.setQueryData(invitationQueries.list(team).queryKey, (known) => ({
        items: [made, ...(known?.items ?? [])],
        nextCursor: null,
      })),
    onError: tell,
  })
  return (
    <div id="invite" className="mt-7 scroll-mt-20">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={t('members.inviteRole')}
          value={wanted}
          options={roles.map((name) => ({ value: name, label: t(`roles.${name}`) }))}
          onChange={(event) => setWanted(roles.find((name) => name === event.target.value) ?? 'member')}
          className="w-40 phone:flex-1"
        />
        <Button
          tone="gold"
          isBusy={invite.isPending}
          onClick={() => invite.mutate({ role: wanted })}
          className="h-10 phone:flex-1"
        >
          {t('members.invite')}
        </Button>
      </div>
      <p className="mt-2 text-13 text-text-3">{t('members.inviteHint')}</p>
      {invite.data && <FreshLink team={team} made={invite.data} />}
    </div>
  )
}

/** Gone with the invitation, when it is withdrawn or taken. */
function FreshLink({ team, made }: { team: string; made: Made }) {
  const t = useTranslations('settings')
  const { data } = useQuery(invitationQueries.list(team))
  const isOpen = data?.items.some(({ id }) => id === made.id) ?? true
  const link = absolute(made.path)
  if (!isOpen) return null
  return (
    <div role="status" className="mt-4 max-w-[640px] rounded-m bg-panel p-4 edge">
      <p className="font-medium">{t('members.inviteMade', { role: t(`roles.${made.role}`) })}</p>
      <p className="mt-0.5 text-13 text-text-2">{t('members.inviteMadeLead')}</p>
      <div className="mt-3 flex items-center gap-2">
        <Input
          readOnly
          value={link}
          aria-label={t('members.copyLink')}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={link} label={t('members.copyLink')} tone="inverse" />
      </div>
    </div>
  )
}

/** A path as it is sent to somebody else. */
export function absolute(path: string): string {
  return `${window.location.origin}${path}`
}
