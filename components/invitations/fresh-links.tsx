'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { CopyButton } from '@/components/ui/copy-button'
import { Input } from '@/components/ui/input'
import { invitationQueries } from '@/lib/invitations/client'
import type { Invitation, InvitationLink, Invited } from '@/lib/invitations/schema'

const frame = 'mt-4 rounded-m bg-panel p-4 edge'

/** The link that was just made, to be copied. Gone with the invitation, when it is revoked or taken. */
export function FreshLink({ team, made }: { team: string; made: Invitation & InvitationLink }) {
  const t = useTranslations('settings')
  const { data } = useQuery(invitationQueries.list(team))
  const isOpen = data?.items.some(({ id }) => id === made.id) ?? true
  const link = absolute(made.path)
  if (!isOpen) return null
  return (
    <div role="status" className={frame}>
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

/** What became of several addresses: how many were invited, the links of those that got no mail, and who was left out. */
export function FreshLinks({ invited: { items, skipped } }: { invited: Invited }) {
  const t = useTranslations('settings')
  const toCopy = items.filter(({ mail }) => mail === 'none')
  const count = items.length
  return (
    <div role="status" className={frame}>
      {count > 0 && (
        <p className="font-medium">
          {t(toCopy.length > 0 ? 'members.linksMade' : 'members.invitesSent', { count })}
        </p>
      )}
      {toCopy.length > 0 && (
        <ul className="mt-2 grid gap-2">
          {toCopy.map(({ id, email, path }) => (
            <li key={id} className="flex items-center justify-between gap-3">
              <span className="min-w-0 truncate text-14">{email}</span>
              <CopyButton
                size="s"
                text={absolute(path)}
                label={t('members.copyLinkFor', { email: email ?? '' })}
                iconOnly
              />
            </li>
          ))}
        </ul>
      )}
      {skipped.map(({ email, reason }) => (
        <p key={email} className="mt-1 text-13 wrap-anywhere text-text-2">
          {t(reason === 'member' ? 'members.skippedMember' : 'members.skippedInvited', { email })}
        </p>
      ))}
    </div>
  )
}

/** A path as it is sent to somebody else. */
export function absolute(path: string): string {
  return `${window.location.origin}${path}`
}
