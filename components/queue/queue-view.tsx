'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { canChange, type Viewer } from '@/components/images/viewer'
import { QueueModes } from '@/components/queue/queue-modes'
import { QueueRow } from '@/components/queue/queue-row'
import { PageHead, Section } from '@/components/settings/section'
import { Meter } from '@/components/ui/meter'
import { queueQueries } from '@/lib/generations/queue/client'

type Props = { team: string; viewer: Viewer; canManage: boolean }

/** What the team has under way and waiting; admins stop it, let it run empty or move one to the front. */
export function QueueView({ team, viewer, canManage }: Props) {
  const t = useTranslations('queue')
  const { data: queue } = useQuery(queueQueries.current(team))
  if (!queue) return null
  const { total, inUse } = queue.slots
  const underWay = queue.items.filter(({ status }) => status !== 'queued')
  const waiting = queue.items.filter(({ status }) => status === 'queued')
  const row = (item: (typeof waiting)[number]) => (
    <QueueRow
      key={item.id}
      {...{ team, item, mode: queue.mode }}
      canMove={canManage && item !== waiting[0]}
      canCancel={canChange(viewer, item.maker.id)}
    />
  )
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {canManage ? <QueueModes team={team} mode={queue.mode} /> : <Mode mode={queue.mode} />}
      <Section
        title={t('underWay')}
        actions={<span className="text-13 text-text-2">{t('slots', { total, inUse })}</span>}
      >
        <Meter label={t('slots', { total, inUse })} value={inUse} max={total} />
        {underWay.length > 0 ? (
          <ul className="mt-4">{underWay.map(row)}</ul>
        ) : (
          <p className="mt-4 text-text-2">{t('nothingUnderWay')}</p>
        )}
      </Section>
      <Section title={t('waiting', { count: queue.waiting })}>
        {waiting.length > 0 ? (
          <ul>{waiting.map(row)}</ul>
        ) : (
          <p className="text-text-2">{t('nothingWaits')}</p>
        )}
        {queue.waiting > waiting.length && (
          <p className="border-t border-line pt-3 text-13 text-text-2">
            {t('more', { count: queue.waiting - waiting.length })}
          </p>
        )}
      </Section>
    </>
  )
}

/** What members are told of a queue that is not open. */
function Mode({ mode }: { mode: 'open' | 'paused' | 'draining' }) {
  const t = useTranslations('queue.modes')
  if (mode === 'open') return null
  return (
    <p role="status" className="mt-6 rounded-m bg-panel px-4 py-3">
      <b className="font-semibold">{t(mode)}</b> <span className="text-text-2">{t(`${mode}Hint`)}</span>
    </p>
  )
}
