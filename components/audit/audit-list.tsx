'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl/react'
import { providerName } from '@/components/account/provider-name'
import { Line } from '@/components/settings/section'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { ROLES } from '@/lib/access/roles'
import { isProviderId } from '@/lib/account/identity'
import { auditQueries } from '@/lib/audit/client'
import type { AuditItem, AuditPage } from '@/lib/audit/schema'
import { isolate } from '@/lib/text/isolate'

/** Who did what to people, keys, links and the team; nobody can change it. */
export function AuditList({ team, initial }: { team: string; initial: AuditPage }) {
  const t = useTranslations('settings.audit')
  const log = useInfiniteQuery({
    ...auditQueries.list(team),
    initialData: { pages: [initial], pageParams: [null] },
  })
  const items = log.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="mt-8 text-text-2">{t('empty')}</p>
  return (
    <>
      <ul className="mt-8">
        {items.map((item) => (
          <AuditLine key={item.id} item={item} />
        ))}
      </ul>
      <MoreOfIt query={log} className="mt-4" />
    </>
  )
}

function AuditLine({ item }: { item: AuditItem }) {
  const t = useTranslations('settings.audit')
  const format = useFormatter()
  const sentence = useSentence(item)
  return (
    <Line>
      <p>
        <b className="font-semibold">
          <bdi>{item.actor?.name || t('nobody')}</bdi>
        </b>{' '}
        {sentence}
      </p>
      <time dateTime={item.createdAt} className="mt-0.5 block text-13 text-text-3">
        {format.dateTime(new Date(item.createdAt), {
          dateStyle: 'medium',
          timeStyle: 'short',
          hourCycle: 'h23',
        })}
      </time>
    </Line>
  )
}

const SENTENCES = {
  'team.created': 'team_created',
  'team.changed': 'team_changed',
  'team.transferred': 'team_transferred',
  'member.changed': 'member_changed',
  'member.removed': 'member_removed',
  'invitation.created': 'invitation_created',
  'invitation.mailed': 'invitation_mailed',
  'member.reset_link_created': 'member_reset_link_created',
  'invitation.withdrawn': 'invitation_withdrawn',
  'invitation.accepted': 'invitation_accepted',
  'api-key.created': 'key_created',
  'api-key.revoked': 'key_revoked',
  'share-link.created': 'link_created',
  'share-link.changed': 'link_changed',
  'share-link.revoked': 'link_revoked',
  'generation.published': 'generation_published',
  'queue.changed': 'queue_changed',
  'queue.moved': 'queue_moved',
  'budget.set': 'budget_set',
  'budget.removed': 'budget_removed',
  'budget.granted': 'budget_granted',
  'budget.raised': 'budget_raised',
  'budget.declined': 'budget_declined',
  'budget.time_zone_set': 'budget_time_zone_set',
  'upstream-key.added': 'upstream_key_added',
  'upstream-key.replaced': 'upstream_key_replaced',
  'upstream-key.removed': 'upstream_key_removed',
  'upstream.chosen': 'upstream_chosen',
  'totp.added': 'totp_added',
  'totp.removed': 'totp_removed',
  'passkey.added': 'passkey_added',
  'passkey.removed': 'passkey_removed',
  'recovery-code.used': 'recovery_used',
  'recovery-code.renewed': 'recovery_renewed',
  'second-factor.reset': 'factor_reset',
  'team.second_factor_demanded': 'demanded',
  'team.second_factor_not_demanded': 'not_demanded',
  'account.linked': 'account_linked',
  'account.unlinked': 'account_unlinked',
  'member.joined': 'member_joined',
  'sign-in.changed': 'sign_in_changed',
} as const

const isKnown = (act: string): act is keyof typeof SENTENCES => act in SENTENCES

function sentenceOf({ act, actor, subject, detail }: AuditItem) {
  if (!isKnown(act)) return null
  if (act === 'member.changed' && detail.isDisabled === true) return 'member_disabled'
  if (act === 'member.removed' && actor?.id === subject.id) return 'member_left'
  return SENTENCES[act]
}

/** What is said of a key of Flamel and of what a team generates with. */
function textsOf({ lastFour, before, scope, choice }: AuditItem['detail']) {
  return {
    lastFour: String(lastFour),
    before: String(before),
    scope: String(scope),
    choice: String(choice),
  }
}

/** What was done, in the reader's words; an act that has none is named as it was written. */
function useSentence(item: AuditItem): string {
  const t = useTranslations('settings.audit.acts')
  const roles = useTranslations('settings.roles')
  const tAuth = useTranslations('auth')
  const { act, subject, detail } = item
  const sentence = sentenceOf(item)
  const role = ROLES.find((one) => one === detail.role)
  if (!sentence) return act
  return t(sentence, {
    name: isolate(subject.name ?? '—'),
    role: role ? roles(role) : '—',
    prefix: String(detail.prefix),
    target: String(detail.target),
    mode: String(detail.mode),
    ...textsOf(detail),
    key: isolate(String(detail.name)),
    provider: isProviderId(detail.provider) ? providerName(tAuth, { id: detail.provider, name: null }) : '—',
    domain: isolate(String(detail.domain)),
  })
}
