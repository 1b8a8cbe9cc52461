'use client'
import { useQuery } from '@tanstack/react-query'
import { Coins, ListOrdered } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useClockTime } from '@/components/shell/use-clock-time'
import { creditQueries } from '@/lib/credits/client'

/** What is left and what waits: the three balances with the time they were seen, and the queue (mine of all). */
export function AccountStatus({ team }: { team: string }) {
  const t = useTranslations('shell')
  const format = useFormatter()
  const clockTime = useClockTime()
  const { data } = useQuery(creditQueries.current(team))
  if (!data) return null
  const { defaultCredit, dailyCredit, monthlyCredit, seenAt, queue } = data
  const number = (value: number | null) => (value === null ? '—' : format.number(value))
  const seen = seenAt ? t('credits.seen', { time: clockTime(seenAt) }) : t('credits.unseen')
  return (
    <>
      {queue.all > 0 && (
        <Link
          href={`/t/${team}/create`}
          className="touch flex items-center gap-1.5 text-13 font-medium whitespace-nowrap text-text-2 hover:text-text"
        >
          <ListOrdered aria-hidden className="size-4 phone:hidden" />
          <span>
            {t('queue.all', { all: queue.all })}
            <span className="phone:sr-only">, {t('queue.mine', { mine: queue.mine })}</span>
          </span>
        </Link>
      )}
      <dl
        aria-label={t('credits.label')}
        title={seen}
        className="hidden items-center gap-3 text-13 font-medium whitespace-nowrap text-text-2 wide:flex"
      >
        <Coins aria-hidden className="size-4" />
        {(
          [
            ['charged', defaultCredit],
            ['daily', dailyCredit],
            ['monthly', monthlyCredit],
          ] as const
        ).map(([name, value]) => (
          <div key={name} className="flex gap-1">
            <dt className="font-normal text-text-3">{t(`credits.${name}`)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
        <div className="sr-only">
          <dt>{t('credits.time')}</dt>
          <dd>{seen}</dd>
        </div>
      </dl>
    </>
  )
}
