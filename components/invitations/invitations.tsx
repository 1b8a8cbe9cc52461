'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link as LinkIcon, Mail, MailWarning } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { absolute } from '@/components/invitations/fresh-links'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-button'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import {
  getInvitationLink,
  invitationQueries,
  resendInvitation,
  revokeInvitation,
} from '@/lib/invitations/client'
import type { Invitation, InvitationList } from '@/lib/invitations/schema'
import { memberQueries } from '@/lib/members/client'
import { isolate } from '@/lib/text/isolate'

type InvitationsProps = { team: string; role: Role; hasMail: boolean; initial: InvitationList }

/** Invitations that nobody has used yet: to send or copy again, or to take back. */
export function Invitations({ team, role, hasMail, initial }: InvitationsProps) {
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
            hasMail={hasMail}
            canShow={rolesInReachOf(role).includes(invitation.role)}
          />
        ))}
      </ul>
    </Section>
  )
}

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type LineProps = { team: string; invitation: Invitation; hasMail: boolean; canShow: boolean }

function InvitationLine({ team, invitation, hasMail, canShow }: LineProps) {
  const t = useTranslations('settings')
  const { email, role, mail } = invitation
  const whom = email ?? t(`roles.${role}`)
  const [isAsked, setAsked] = useState(false)
  const { withdraw, copy, resend } = useInvitation(team, invitation)
  const Icon = email === null ? LinkIcon : mail === 'failed' ? MailWarning : Mail
  const actions = (
    <>
      {canShow && email && hasMail && (
        <Button
          tone="ghost"
          size="s"
          aria-label={t('members.resendNamed', { email })}
          isBusy={resend.isPending}
          onClick={() => resend.mutate()}
        >
          {t('members.resend')}
        </Button>
      )}
      {canShow && (
        <Button tone="ghost" size="s" isBusy={copy.isPending} onClick={() => copy.mutate()}>
          {t('members.copyLink')}
        </Button>
      )}
      <Button
        tone="ghost"
        size="s"
        aria-label={t('members.withdrawNamed', { whom })}
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
          title={t('members.withdrawTitle', { whom })}
          lead={t('members.withdrawLead')}
          action={t('members.withdraw')}
          onAct={() => withdraw.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
      <div className="flex items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2">
          <Icon aria-hidden className="size-4" />
        </span>
        <Facts invitation={invitation} />
      </div>
    </Line>
  )
}

function Facts({
  invitation: { email, role, createdBy, expiresAt, mail, problem },
}: {
  invitation: Invitation
}) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const invitedBy = t('members.invitedBy', { role: t(`roles.${role}`), name: isolate(createdBy) })
  const time = format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })
  return (
    <span className="min-w-0">
      <span className="block font-medium wrap-anywhere">{email ?? invitedBy}</span>
      <span className="block text-13 text-text-3">
        {email && `${invitedBy} · `}
        {t('members.expires', { time })}
        {mail === 'sent' && ` · ${t('members.mailSent')}`}
        {mail === 'waiting' && ` · ${t('members.mailWaiting')}`}
      </span>
      {mail === 'failed' && (
        <span className="block text-13 wrap-anywhere text-danger">
          {t('members.mailFailed', { problem: problem ?? '' })}
        </span>
      )}
    </span>
  )
}

function useInvitation(team: string, { id }: Invitation) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const tell = useProblemToast({
    unavailable: t('members.linkGone'),
    too_many_requests: t('members.resendSoon'),
  })
  const meta = { invalidates: [memberQueries.all(team)] }
  const withdraw = useMutation({ meta, mutationFn: () => revokeInvitation(team, id), onError: tell })
  const copy = useMutation({
    mutationFn: () => getInvitationLink(team, id),
    onSuccess: async ({ path }) => {
      if (await copyText(absolute(path))) showToast({ title: tCommon('copied') })
    },
    onError: tell,
  })
  const resend = useMutation({
    meta,
    mutationFn: () => resendInvitation(team, id),
    onSuccess: () => showToast({ title: t('members.resent') }),
    onError: tell,
  })
  return { withdraw, copy, resend }
}
