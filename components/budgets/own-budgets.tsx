'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useBudgetWords } from '@/components/budgets/use-budget-words'
import { Line, Section } from '@/components/settings/section'
import { Meter } from '@/components/ui/meter'
import type { Standing } from '@/lib/budgets/schema'
import { creditQueries } from '@/lib/credits/client'

/** The budgets that the reader's own work counts in, with what is left of each. */
export function OwnBudgets({ team, initial }: { team: string; initial: Standing[] }) {
  const t = useTranslations('settings.budgets')
  const { data } = useQuery(creditQueries.current(team))
  const standings = data?.budgets ?? initial
  return (
    <Section title={t('yours')}>
      {standings.length === 0 && <p className="text-text-2">{t('noneOwn')}</p>}
      <ul>
        {standings.map((standing) => (
          <OwnBudget key={standing.budgetId} standing={standing} />
        ))}
      </ul>
    </Section>
  )
}

function OwnBudget({ standing }: { standing: Standing }) {
  const t = useTranslations('settings.budgets')
  const words = useBudgetWords()
  const { layer, used, held, limit, extra, resetsAt } = standing
  const rule = words.rule(standing)
  return (
    <Line>
      <p className="font-medium">
        {layer === 'team' && `${t('groups.team')}: `}
        {rule}
      </p>
      <p className="mb-2 text-13 text-text-3">
        {[words.left(standing), words.renews(resetsAt)].filter(Boolean).join(' · ')}
      </p>
      <Meter label={t('meter', { name: rule })} value={used + held} max={limit + extra} />
    </Line>
  )
}
