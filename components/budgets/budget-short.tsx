'use client'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import type { Standing } from '@/lib/budgets/schema'

const AskForMore = onDemand(() =>
  import('@/components/budgets/ask-for-more').then((module) => module.AskForMore),
)

type Props = { team: string; standing: Standing; needed: number }

/** Why a budget does not cover it, when it renews, and how to ask for more. */
export function BudgetShort({ team, standing, needed }: Props) {
  const t = useTranslations('actions.budget')
  const format = useFormatter()
  const [isAsking, setAsking] = useState(false)
  const { budgetId, layer, unit, window, limit, extra, left, resetsAt, asked } = standing
  const time =
    resetsAt &&
    format.dateTime(new Date(resetsAt), {
      ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
      hourCycle: 'h23',
    })
  return (
    <>
      <p className="font-medium text-text">
        {t(unit, { whose: t('whose', { layer }), needed, left, limit: limit + extra, window })}
        {time && ` ${t('renews', { time })}`}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        {asked === 'open' || asked === 'declined' ? (
          <span role="status">{t(asked === 'open' ? 'asked' : 'declined')}</span>
        ) : null}
        {asked !== 'open' && unit !== 'requests' && (
          <Button size="s" onClick={() => setAsking(true)} className="phone:h-11">
            {t('ask')}
          </Button>
        )}
      </div>
      {isAsking && <AskForMore {...{ team, budgetId }} onClose={() => setAsking(false)} />}
    </>
  )
}
