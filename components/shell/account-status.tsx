'use client'
import { useQuery } from '@tanstack/react-query'
import { Coins, ListOrdered } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useClockTime } from '@/components/shell/use-clock-time'
import { Link } from '@/components/ui/link'
import { creditQueries } from '@/lib/credits/client'

/**
 * What is left and what is unfinished: one number, with its three parts and the time they were seen for whoever asks, and the
 * queue (mine of all). Where there is no room for it, the composer says it.
 */
export function AccountStatus({ team }: { team: string }) {
  const t = useTranslations('shell')
  const format = useFormatter()
  const clockTime = useClockTime()
  const { data } = useQuery(creditQueries.current(team))
  if (!data) return null
  const { defaultCredit, dailyCredit, monthlyCredit, seenAt, queue } = data
  const number = (value: number | null) => (value === null ? '—' : format.number(value))
  const balances = { daily: dailyCredit, monthly: monthlyCredit, charged: defaultCredit }
  const known = Object.values(balances).filter((value) => value !== null)
  const total = known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null
  const seen = seenAt ? t('credits.seen', { time: clockTime(seenAt) }) : t('credits.unseen')
  const names = ['daily', 'monthly', 'charged'] as const
  const renewal =
    data.renewsAt &&
    t('credits.renews', {
      date: format.dateTime(new Date(data.renewsAt), { month: 'short', day: 'numeric' }),
    })
  const own = data.budgets.find(({ layer, unit }) => layer !== 'team' && unit !== 'requests')
  const budget =
    own &&
    t('credits.budget', { left: own.left, limit: own.limit + own.extra, unit: own.unit, window: own.window })
  const parts = [
    budget,
    ...names.map((name) => `${t(`credits.${name}`)} ${number(balances[name])}`),
    renewal,
    seen,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <>
      {(queue.all > 0 || queue.mode !== 'open') && (
        <Link
          href={`/t/${team}/settings/queue`}
          className="touch flex min-w-0 shrink-[999] items-center gap-1.5 text-13 font-medium whitespace-nowrap text-text-2 hover:text-text"
        >
          <ListOrdered aria-hidden className="size-4 phone:hidden" />
          <span className="truncate">
            {queue.mode !== 'open' && `${t(`queue.${queue.mode}`)} · `}
            {t('queue.all', { all: queue.all })}
            {queue.mine !== queue.all && (
              <span className="phone:sr-only"> · {t('queue.mine', { mine: queue.mine })}</span>
            )}
          </span>
        </Link>
      )}
      <span
        role="group"
        tabIndex={0}
        aria-label={t('credits.label')}
        data-tip={parts}
        className="hidden items-center gap-1.5 rounded-s text-13 font-medium whitespace-nowrap text-text-2 min-[960px]:flex"
      >
        <Coins aria-hidden className="size-4" />
        {t('credits.total', { total: number(total) })}
        <span className="sr-only">, {parts}</span>
      </span>
    </>
  )
}
