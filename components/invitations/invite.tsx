'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { FreshLink, FreshLinks } from '@/components/invitations/fresh-links'
import { useLocale } from '@/components/intl'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { addressesIn } from '@/lib/invitations/addresses'
import { createInvitation, invitationQueries, inviteByEmail } from '@/lib/invitations/client'
import { ADDRESSES_MAX, INVITATION_DAYS, VALID_DAYS } from '@/lib/invitations/limits'
import type { CreateInvitationInput, Invitation, InviteByEmailInput } from '@/lib/invitations/schema'
import { memberQueries } from '@/lib/members/client'

type Days = (typeof VALID_DAYS)[number]

type InviteProps = { team: string; role: Role; hasMail: boolean }

/** Invites everybody whose address is pasted, or makes a link for whoever it will be given to. */
export function Invite({ team, role, hasMail }: InviteProps) {
  const t = useTranslations('settings')
  const locale = useLocale()
  const roles = (['member', 'viewer', 'admin'] as const).filter((name) => rolesInReachOf(role).includes(name))
  const [wanted, setWanted] = useState<CreateInvitationInput['role']>('member')
  const [days, setDays] = useState<Days>(INVITATION_DAYS)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const { link, batch } = useInvite(team, () => setText(''))
  const problemOf = useAddressProblem()
  const inviteAll = () => {
    const { addresses: emails } = addressesIn(text)
    const found = problemOf(text)
    setProblem(found)
    if (found) return
    link.reset()
    batch.mutate({ role: wanted, days, emails, locale })
  }
  return (
    <div id="invite" className="mt-7 max-w-[640px] scroll-mt-20">
      <Field
        label={t('members.emails')}
        hint={hasMail ? t('members.emailsHint', { max: ADDRESSES_MAX }) : t('members.emailsHintOff')}
        error={problem}
      >
        <TextArea
          value={text}
          placeholder="hana@example.com, doyun@example.com"
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
        />
      </Field>
      <div className="mt-3 flex flex-wrap gap-2">
        <Select
          aria-label={t('members.inviteRole')}
          value={wanted}
          options={roles.map((name) => ({ value: name, label: t(`roles.${name}`) }))}
          onChange={(event) => setWanted(roles.find((name) => name === event.target.value) ?? 'member')}
          className="w-32 phone:flex-1"
        />
        <Select
          aria-label={t('members.inviteDays')}
          value={String(days)}
          options={VALID_DAYS.map((count) => ({
            value: String(count),
            label: t('members.days', { days: count }),
          }))}
          onChange={(event) =>
            setDays(VALID_DAYS.find((count) => String(count) === event.target.value) ?? INVITATION_DAYS)
          }
          className="w-40 phone:flex-1"
        />
        <Button tone="gold" isBusy={batch.isPending} onClick={inviteAll} className="h-10 phone:w-full">
          {t(hasMail ? 'members.sendInvites' : 'members.createLinks')}
        </Button>
        <Button
          isBusy={link.isPending}
          title={t('members.inviteHint')}
          onClick={() => {
            batch.reset()
            link.mutate({ role: wanted, days })
          }}
          className="h-10 phone:w-full"
        >
          {t('members.invite')}
        </Button>
      </div>
      {link.data && <FreshLink team={team} made={link.data} />}
      {batch.data && <FreshLinks invited={batch.data} />}
    </div>
  )
}

function useInvite(team: string, onInvited: () => void) {
  const client = useQueryClient()
  const tell = useProblemToast()
  const meta = { invalidates: [memberQueries.all(team)] }
  const show = (...made: Invitation[]) =>
    client.setQueryData(invitationQueries.list(team).queryKey, (known) => ({
      items: [...made, ...(known?.items ?? [])],
      nextCursor: null,
    }))
  const link = useMutation({
    meta,
    mutationFn: (input: CreateInvitationInput) => createInvitation(team, input),
    onSuccess: (made) => show(made),
    onError: tell,
  })
  const batch = useMutation({
    meta,
    mutationFn: (input: InviteByEmailInput) => inviteByEmail(team, input),
    onSuccess: ({ items }) => {
      show(...items)
      onInvited()
    },
    onError: tell,
  })
  return { link, batch }
}

function useAddressProblem() {
  const t = useTranslations('settings')
  return (text: string): string | undefined => {
    const { addresses, wrong } = addressesIn(text)
    if (wrong[0]) return t('members.emailsWrong', { address: wrong[0] })
    if (addresses.length === 0) return t('members.emailsNone')
    return addresses.length > ADDRESSES_MAX ? t('members.emailsTooMany', { max: ADDRESSES_MAX }) : undefined
  }
}
