'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { MemberGoes, type Leaver } from '@/components/members/member-goes'
import { useProblemToast } from '@/components/settings/problem'
import { Avatar } from '@/components/ui/avatar'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { onDemand } from '@/components/ui/on-demand'
import { Select } from '@/components/ui/select'
import { Tag } from '@/components/ui/tag'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { ResetSecondFactor } from '@/components/second-factor/reset-member'
import { memberQueries, updateMember } from '@/lib/members/client'
import type { Member, MemberList, UpdateMemberInput } from '@/lib/members/schema'
import { isolate } from '@/lib/text/isolate'

const PasswordLinkDialog = onDemand(() =>
  import('@/components/members/password-link').then((module) => module.PasswordLinkDialog),
)
const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

/** How many share the credits, as of now. */
export function MemberCount({ team, initial }: { team: string; initial: MemberList }) {
  const t = useTranslations('settings')
  const { data } = useQuery({ ...memberQueries.list(team), initialData: initial })
  return t('members.lead', { count: data.items.filter(({ isDisabled }) => !isDisabled).length })
}

type MembersProps = { team: string; me: { id: string; role: Role }; initial: MemberList }

/** Everybody in the team; those who may change roles and access right where they read them. */
export function Members({ team, me, initial }: MembersProps) {
  const t = useTranslations('settings')
  const c = useTranslations('common')
  const { data } = useQuery({ ...memberQueries.list(team), initialData: initial })
  const [leaver, setLeaver] = useState<Leaver>()
  return (
    <>
      <table className="mt-8 w-full border-collapse">
        <thead className="text-left text-13 text-text-3 phone:sr-only">
          <tr>
            <th className="pb-2.5 font-medium">{t('members.person')}</th>
            <th className="pb-2.5 font-medium">{t('members.role')}</th>
            <th className="pb-2.5 font-medium phone:hidden">{t('members.seen')}</th>
            <th>
              <span className="sr-only">{c('more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((member) => (
            <MemberRow
              key={member.id}
              team={team}
              me={me}
              member={member}
              onGo={(how) => setLeaver({ member, how })}
            />
          ))}
        </tbody>
      </table>
      {leaver && <MemberGoes team={team} leaver={leaver} onClose={() => setLeaver(undefined)} />}
    </>
  )
}

type RowProps = {
  team: string
  me: MembersProps['me']
  member: Member
  onGo: (how: Leaver['how']) => void
}

function MemberRow({ team, me, member, onGo }: RowProps) {
  const t = useTranslations('settings')
  const tell = useProblemToast({ last_owner: t('members.lastOwner') })
  const change = useMutation({
    meta: { invalidates: [memberQueries.all(team)] },
    mutationFn: (input: UpdateMemberInput) => updateMember(team, member.id, input),
    onError: tell,
  })
  const changeRole = (role: Role) => change.mutateAsync({ role })
  const [shownRole, choose, chooseAsync] = useOptimisticChoice(member.role, changeRole)
  const [isHeir, setHeir] = useState(false)
  const [isReset, setReset] = useState(false)
  const [isTwoStepReset, setTwoStepReset] = useState(false)
  const reach = rolesInReachOf(me.role)
  const isInReach = reach.includes(member.role) && member.id !== me.id
  return (
    <tr className="border-t border-line">
      <NameCell member={member} isMe={member.id === me.id} />
      <td className="pr-4 phone:pr-0 phone:text-right">
        {isInReach ? (
          <Select
            aria-label={t('members.roleOf', { name: member.name })}
            value={shownRole}
            disabled={change.isPending}
            options={reach.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
            onChange={(event) => {
              const role = reach.find((name) => name === event.target.value)
              if (role === 'owner') setHeir(true)
              else if (role) choose(role)
            }}
          />
        ) : (
          <span className="font-medium">{t(`roles.${member.role}`)}</span>
        )}
      </td>
      <td className="text-13 text-text-3 phone:hidden">
        <Seen at={member.lastSeenAt} isTold={member.email !== null} />
      </td>
      <td className="w-9">
        {isInReach && (
          <Menu
            trigger={
              <IconButton label={t('members.more', { name: member.name })} tip="none">
                <Ellipsis aria-hidden className="size-[18px]" />
              </IconButton>
            }
            entries={[
              ...(member.isDisabled
                ? []
                : [{ label: t('members.resetLink'), onSelect: () => setReset(true) }]),
              {
                label: t(member.isDisabled ? 'members.enable' : 'members.disable'),
                onSelect: () => (member.isDisabled ? change.mutate({ isDisabled: false }) : onGo('disable')),
              },
              ...(member.hasSecondFactor
                ? [{ label: t('members.twoStepReset'), onSelect: () => setTwoStepReset(true) }]
                : []),
              { kind: 'separator' },
              { label: t('members.remove'), takesAway: true, onSelect: () => onGo('remove') },
            ]}
          />
        )}
        {isReset && <PasswordLinkDialog team={team} member={member} onClose={() => setReset(false)} />}
        {isTwoStepReset && (
          <ResetSecondFactor team={team} member={member} onClose={() => setTwoStepReset(false)} />
        )}
        {isHeir && (
          <Confirm
            title={t('members.ownerTitle', { name: isolate(member.name) })}
            lead={t('members.ownerLead')}
            action={t('members.ownerDo')}
            onAct={() => chooseAsync('owner')}
            onClose={() => setHeir(false)}
          />
        )}
      </td>
    </tr>
  )
}

function NameCell({ member, isMe }: { member: Member; isMe: boolean }) {
  const t = useTranslations('settings')
  return (
    <td className="h-16 py-3 pr-4">
      <div className="flex min-w-0 items-center gap-3">
        <Avatar name={member.name} large />
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-2 font-medium">
            <bdi>{member.name}</bdi>
            {isMe && <Tag>{t('members.you')}</Tag>}
            {member.hasSecondFactor && <Tag>{t('members.twoStep')}</Tag>}
            {member.isDisabled && <Tag>{t('members.disabled')}</Tag>}
          </span>
          {member.email && <span className="block truncate text-13 text-text-3">{member.email}</span>}
        </span>
      </div>
    </td>
  )
}

function Seen({ at, isTold }: { at: string | null; isTold: boolean }) {
  const t = useTranslations('settings')
  const relative = useRelativeTime(60_000)
  if (!isTold) return null
  if (!at) return t('members.never')
  return <span suppressHydrationWarning>{relative(at)}</span>
}
