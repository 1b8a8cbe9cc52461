'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import type { Subjects } from '@/components/budgets/subjects'
import { TimeZoneField } from '@/components/budgets/time-zone-field'
import { useBudgetWords } from '@/components/budgets/use-budget-words'
import { useProblemToast } from '@/components/settings/problem'
import { Line, PageHead } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Meter } from '@/components/ui/meter'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { budgetQueries, useRemoveBudget } from '@/lib/budgets/client'
import type { Budget, BudgetList } from '@/lib/budgets/schema'
import { isolate } from '@/lib/text/isolate'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))
const BudgetForm = onDemand(() =>
  import('@/components/budgets/budget-form').then((module) => module.BudgetForm),
)

type Props = { team: string; subjects: Subjects; initial: BudgetList }

/** The team's budgets, for its admins: how each stands, and where they are made, changed and removed. */
export function Budgets({ team, subjects, initial }: Props) {
  const t = useTranslations('settings.budgets')
  const { data } = useQuery({ ...budgetQueries.list(team), initialData: initial })
  const [edited, setEdited] = useState<Budget | 'new'>()
  const [doomed, setDoomed] = useState<Budget>()
  const tell = useProblemToast()
  const remove = useRemoveBudget(team)
  const make = (
    <Button tone="gold" onClick={() => setEdited('new')}>
      <Plus aria-hidden className="size-4" />
      {t('new')}
    </Button>
  )
  const end = async (budget: Budget) => {
    try {
      await remove.mutateAsync(budget)
      showToast({ title: t('removed') })
    } catch (error) {
      tell(error)
    }
  }
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={data.items.length > 0 && make} />
      {data.items.length === 0 && (
        <EmptyState title={t('none')} actions={make}>
          {t('noneText')}
        </EmptyState>
      )}
      <ul className="mt-8">
        {data.items.map((budget) => (
          <BudgetLine
            key={budget.id}
            budget={budget}
            onChange={() => setEdited(budget)}
            onRemove={() => setDoomed(budget)}
          />
        ))}
      </ul>
      <TimeZoneField team={team} timeZone={data.timeZone} />
      {edited && (
        <BudgetForm
          {...{ team, subjects }}
          budget={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {doomed && (
        <Confirm
          title={t('removeTitle')}
          lead={t('removeLead')}
          action={t('remove')}
          onAct={() => end(doomed)}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  )
}

type LineProps = { budget: Budget; onChange: () => void; onRemove: () => void }

function BudgetLine({ budget, onChange, onRemove }: LineProps) {
  const t = useTranslations('settings.budgets')
  const words = useBudgetWords()
  const { scope, limit, resetsAt, standings } = budget
  const name = `${words.whose(scope)}: ${words.rule(budget)}`
  const actions = (
    <>
      <Button tone="ghost" size="s" aria-label={t('changeNamed', { name })} onClick={onChange}>
        {t('change')}
      </Button>
      <Button
        tone="ghost"
        size="s"
        aria-label={t('removeNamed', { name })}
        onClick={onRemove}
        className="text-danger! hover:text-danger!"
      >
        {t('remove')}
      </Button>
    </>
  )
  return (
    <Line actions={actions}>
      <p className="font-medium">{name}</p>
      <p className="text-13 text-text-3">{words.renews(resetsAt)}</p>
      {standings.map(({ subject, used, held, extra, left }) => (
        <div key={subject.id} className="mt-2">
          <p className="mb-1 text-13 text-text-2">
            {scope.kind === 'role' && `${isolate(subject.name)}: `}
            {words.left({ left, held, extra })}
          </p>
          <Meter label={t('meter', { name: subject.name || name })} value={used + held} max={limit + extra} />
        </div>
      ))}
    </Line>
  )
}
