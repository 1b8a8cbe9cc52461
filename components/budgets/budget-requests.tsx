'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useBudgetWords } from '@/components/budgets/use-budget-words'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { Tag } from '@/components/ui/tag'
import { budgetQueries, useDecide } from '@/lib/budgets/client'
import type { BudgetRequest, BudgetRequestList, Decision } from '@/lib/budgets/schema'
import { isolate } from '@/lib/text/isolate'

type Props = { team: string; canDecide: boolean; initial: BudgetRequestList }

/** Who asks for more, live: admins answer with one click, everybody else sees what became of their own. */
export function BudgetRequests({ team, canDecide, initial }: Props) {
  const t = useTranslations('settings.budgets')
  const { data } = useQuery({ ...budgetQueries.requests(team), initialData: initial })
  const open = data.items.filter(({ answer }) => answer === 'open').length
  if (data.items.length === 0) return null
  const title = canDecide ? t('requests') : t('yourRequests')
  return (
    <Section
      title={
        <span className="flex items-center gap-2">
          {title} {open > 0 && <Tag>{open}</Tag>}
        </span>
      }
    >
      <ul>
        {data.items.map((request) => (
          <RequestLine key={request.id} {...{ team, request, canDecide }} />
        ))}
      </ul>
    </Section>
  )
}

type LineProps = { team: string; request: BudgetRequest; canDecide: boolean }

function RequestLine({ team, request, canDecide }: LineProps) {
  const t = useTranslations('settings.budgets')
  const words = useBudgetWords()
  const { asker, note, answer, standing } = request
  const isOpen = answer === 'open'
  return (
    <Line actions={isOpen && canDecide ? <Answers {...{ team, request }} /> : <Tag>{t(answer)}</Tag>}>
      <p className="font-medium">{t('asks', { name: isolate(asker.name) })}</p>
      {note && (
        <p dir="auto" className="text-14 wrap-anywhere text-text-2">
          {note}
        </p>
      )}
      <p className="text-13 text-text-3">
        {words.rule(standing)} · {words.left(standing)}
      </p>
    </Line>
  )
}

function Answers({ team, request }: { team: string; request: BudgetRequest }) {
  const t = useTranslations('settings.budgets')
  const decide = useDecide(team)
  const tell = useProblemToast({ conflict: t('answered') })
  const { unit, limit } = request.standing
  const more = Math.max(1, Math.ceil(limit / 2))
  const button = (decision: Decision, label: string) => (
    <Button
      size="s"
      className="phone:h-11"
      disabled={decide.isPending}
      isBusy={decide.isPending && decide.variables.decision.answer === decision.answer}
      onClick={() => decide.mutate({ id: request.id, decision }, { onError: tell })}
    >
      {label}
    </Button>
  )
  return (
    <div className="flex flex-wrap gap-2">
      {button({ answer: 'granted', amount: more }, t('grant', { unit, amount: more }))}
      {button({ answer: 'raised', amount: limit + more }, t('raise', { amount: limit + more }))}
      {button({ answer: 'declined' }, t('decline'))}
    </div>
  )
}
