'use client'
import { DatabaseBackup, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Section } from '@/components/settings/section'
import { Fact } from '@/components/system/fact'
import { useSize } from '@/components/system/use-size'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import type { BackupStatus } from '@/lib/backup/schema'

/** The last good backup, whether it is overdue, and what the last attempt failed of. */
export function BackupPanel({ backup }: { backup: BackupStatus }) {
  const t = useTranslations('settings')
  const relative = useRelativeTime(60_000)
  const { state, last, isRunning, schedule, problem } = backup
  const Icon = state === 'late' ? TriangleAlert : DatabaseBackup
  const head = last ? t('system.backup.lastAt', { time: relative(last.at) }) : t('system.backup.none')
  return (
    <Section title={t('system.backup.title')}>
      <div className="flex items-start gap-4 rounded-m bg-panel p-5 edge phone:p-4">
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-text-2" />
        {state === 'off' && !last ? (
          <p className="min-w-0 flex-1 text-text-2">{t('system.backup.off')}</p>
        ) : (
          <div className="min-w-0 flex-1">
            <p className="text-15 font-semibold" suppressHydrationWarning>
              {head}
            </p>
            {state === 'late' && (
              <p role="alert" className="mt-0.5 font-medium">
                {t('system.backup.late')}
              </p>
            )}
            {isRunning && (
              <p role="status" className="mt-0.5">
                {t('system.backup.running')}
              </p>
            )}
            {last && <Contents last={last} />}
            {problem && (
              <p className="mt-3 text-14 wrap-anywhere text-text-2" suppressHydrationWarning>
                {t('system.backup.failed', { time: relative(problem.at), problem: problem.sentence })}
              </p>
            )}
            <p className="mt-3 text-13 text-text-3">
              {state === 'off'
                ? t('system.backup.off')
                : t('system.backup.schedule', { ...schedule, zone: schedule.timeZone })}
            </p>
          </div>
        )}
      </div>
    </Section>
  )
}

function Contents({ last }: { last: NonNullable<BackupStatus['last']> }) {
  const t = useTranslations('settings')
  const size = useSize()
  return (
    <>
      <dl className="mt-4 grid grid-cols-3 gap-x-8 gap-y-4 phone:grid-cols-2">
        <Fact name={t('system.backup.files')}>
          {t('system.backup.filesValue', { count: last.fileCount, size: size(last.fileBytes) })}
        </Fact>
        <Fact name={t('system.backup.added')}>{size(last.newBytes)}</Fact>
        <Fact name={t('system.backup.database')}>{size(last.databaseBytes)}</Fact>
      </dl>
      {last.lostCount > 0 && (
        <p className="mt-3 text-14 font-medium">{t('system.backup.lost', { count: last.lostCount })}</p>
      )}
    </>
  )
}
