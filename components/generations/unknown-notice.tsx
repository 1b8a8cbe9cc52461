'use client'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { AnswerLink } from '@/components/generations/answer-link'
import { useReuse } from '@/components/generations/use-reuse'
import { useSpending } from '@/components/generations/use-spending'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { useResolveGeneration } from '@/lib/generations/client'
import type { Generation, Resolution } from '@/lib/generations/schema'
import type { Messages } from '@/lib/i18n/messages'
import { FLAMEL_URL } from '@/lib/upstream/flamel/refusals'

type Reason = Exclude<keyof Messages['refusals']['ambiguous'], 'title' | 'next'>

/** An end that nobody knows: what is known, and the two ways in which a person can settle it. */
export function UnknownNotice({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.unknown')
  const reasons = useTranslations('refusals.ambiguous')
  const viewer = useViewer()
  const { reuse } = useReuse()
  const code = generation.error?.code ?? ''
  const isReason = (key: string): key is Reason => /^[a-z_]+$/.test(key) && reasons.has(key as Reason) // has() takes any key
  const kept = generation.images.filter(({ state }) => state === 'completed').length
  const canSettle = canChange(viewer, generation.maker.id)
  return (
    <Notice
      kind="unknown"
      title={t('title')}
      actions={
        canSettle && (
          <>
            <SettleButtons generation={generation} />
            <AnswerLink generation={generation} />
            <Button tone="ghost" size="s" onClick={() => reuse('all', generation)}>
              {t('again')}
            </Button>
          </>
        )
      }
    >
      <p>
        {isReason(code) && `${reasons(code)} `}
        {t('promise')}
      </p>
      {kept > 0 && <p className="mt-1">{t('kept', { count: kept })}</p>}
      <Facts generation={generation} />
      <p className="mt-3">
        {canSettle
          ? t.rich('settle', {
              account: (words) => (
                <a
                  href={FLAMEL_URL}
                  target="_blank"
                  rel="noreferrer"
                  className="font-medium text-text underline underline-offset-3"
                >
                  {words}
                </a>
              ),
            })
          : t('others')}
      </p>
    </Notice>
  )
}

function Facts({ generation: { sentAt, finishedAt, spent } }: { generation: Generation }) {
  const t = useTranslations('generations.unknown')
  const spending = useSpending()
  const format = useFormatter()
  const seconds =
    sentAt && finishedAt
      ? Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(sentAt)) / 1_000))
      : null
  const rows: [string, string][] = [
    [
      t('sent'),
      sentAt
        ? format.dateTime(new Date(sentAt), {
            hour: '2-digit',
            minute: '2-digit',
            second: '2-digit',
            hourCycle: 'h23',
          })
        : '—',
    ],
    [t('lostAfter'), seconds === null ? '—' : t('seconds', { count: seconds })],
    [t('balance'), spent ? spending(spent).join(', ') || t('balanceSame') : t('balanceUnknown')],
  ]
  return (
    <dl className="mt-3.5 flex flex-wrap gap-x-8 gap-y-2.5">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="text-12 text-text-3">{name}</dt>
          <dd className="text-14 font-medium text-text">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function SettleButtons({ generation }: { generation: Generation }) {
  const t = useTranslations('generations')
  const { team } = useComposer()
  const resolve = useResolveGeneration(team)
  const settle = (resolution: Resolution) => () =>
    resolve.mutateAsync({ id: generation.id, resolution }).catch(() => showToast({ title: t('actFailed') }))
  const isChosen = (resolution: Resolution) =>
    resolve.isPending && resolve.variables.resolution === resolution
  return (
    <>
      <Button size="s" isBusy={isChosen('charged')} onClick={settle('charged')}>
        {t('unknown.charged')}
      </Button>
      <Button size="s" isBusy={isChosen('not_charged')} onClick={settle('not_charged')}>
        {t('unknown.notCharged')}
      </Button>
    </>
  )
}
