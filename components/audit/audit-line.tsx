import { useFormatter, useTranslations } from 'use-intl/react'
import { providerName } from '@/components/account/provider-name'
import { usePersonName } from '@/components/people/person-name'
import { Line } from '@/components/settings/section'
import { ROLES } from '@/lib/access/roles'
import { isProviderId } from '@/lib/account/identity'
import { ACTS, isKnownAct } from '@/lib/audit/acts'
import type { AuditItem } from '@/lib/audit/schema'
import { isolate } from '@/lib/text/isolate'

/** One act: who did what, when, and with which key. */
export function AuditLine({ item }: { item: AuditItem }) {
  const t = useTranslations('settings.audit')
  const format = useFormatter()
  const sentence = useSentence(item)
  return (
    <Line>
      <p className="wrap-anywhere">
        <Actor item={item} /> {sentence}
      </p>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-13 text-text-3">
        <time dateTime={item.createdAt}>
          {format.dateTime(new Date(item.createdAt), {
            dateStyle: 'medium',
            timeStyle: 'short',
            hourCycle: 'h23',
          })}
        </time>
        {item.apiKey && (
          <span className="wrap-anywhere">
            {t('withKey', { name: isolate(item.apiKey.name), prefix: item.apiKey.prefix })}
          </span>
        )}
      </p>
    </Line>
  )
}

/** What happened by itself, or by somebody unknown, is a whole sentence without an actor. */
const WITHOUT_ACTOR = ['person.sign_in_failed', 'person.password_changed', 'image.purged', 'reference.purged']

function Actor({ item: { act, actor } }: { item: AuditItem }) {
  const t = useTranslations('settings.audit')
  const nameOf = usePersonName()
  if (!actor && WITHOUT_ACTOR.includes(act)) return null
  return (
    <b className="font-semibold">
      <bdi>{actor ? nameOf(actor.name) : t('nobody')}</bdi>
    </b>
  )
}

function sentenceOf({ act, actor, subject, detail }: AuditItem) {
  if (!isKnownAct(act)) return null
  if (act === 'person.password_changed' && !actor) return 'password_reset'
  if (act === 'person.password_changed' && detail.by === 'link') return 'password_reset_by_link'
  if (act === 'member.changed' && detail.isDisabled === true) return 'member_disabled'
  if (act === 'member.changed' && detail.isEnabled === true) return 'member_enabled'
  if (act === 'member.removed' && actor?.id === subject.id) return 'member_left'
  if (act === 'member.removed' && detail.links) return 'member_removed_moved'
  return ACTS[act]
}

/** What was done, in the reader's words; an act that has none is named as it was written. */
function useSentence(item: AuditItem): string {
  const t = useTranslations('settings.audit.acts')
  const roles = useTranslations('settings.roles')
  const tAuth = useTranslations('auth')
  const nameOf = usePersonName()
  const { act, subject, detail } = item
  const sentence = sentenceOf(item)
  if (!sentence) return act
  const role = ROLES.find((one) => one === detail.role)
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '—'
  return t(sentence, {
    name: isolate(subject.name === null ? '—' : nameOf(subject.name)),
    role: role ? roles(role) : '—',
    prefix: text(detail.prefix),
    target: text(detail.target),
    links: Number(detail.links),
    count: Number(detail.count ?? 1),
    style: text(detail.styleId),
    team: isolate(text(detail.name)),
    title: isolate(text(detail.name)),
    resolution: text(detail.resolution),
    mode: text(detail.mode),
    lastFour: text(detail.lastFour),
    before: text(detail.before),
    scope: text(detail.scope),
    choice: text(detail.choice),
    key: isolate(text(detail.name)),
    provider: isProviderId(detail.provider) ? providerName(tAuth, { id: detail.provider, name: null }) : '—',
    domain: isolate(text(detail.domain)),
  })
}
