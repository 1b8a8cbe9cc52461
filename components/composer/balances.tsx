'use client'
import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { useClockTime } from '@/components/shell/use-clock-time'
import { creditQueries } from '@/lib/credits/client'

/** What is left, with the time it was seen; a dash before the first answer. Where there is room the shell says it. */
export function Balances() {
  const t = useTranslations('create.balances')
  const format = useFormatter()
  const clockTime = useClockTime()
  const { team } = useComposer()
  const { data } = useQuery(creditQueries.current(team))
  const rows = [
    ['charged', data?.defaultCredit],
    ['daily', data?.dailyCredit],
    ['monthly', data?.monthlyCredit],
  ] as const
  const seen = data?.seenAt ? t('seen', { time: clockTime(data.seenAt) }) : t('unseen')
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-4 gap-y-1 min-[960px]:hidden">
      <dl aria-label={t('label')} className="flex flex-wrap gap-x-5 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-12 text-text-3">{t(name)}</dt>
            <dd className="text-15 font-semibold">{value == null ? '—' : format.number(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="pb-0.5 text-12 text-text-3">{seen}</p>
    </div>
  )
}
