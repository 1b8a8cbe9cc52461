'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import type { Subjects } from '@/components/budgets/subjects'
import { useBudgetWords } from '@/components/budgets/use-budget-words'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { ROLES } from '@/lib/access/roles'
import { useSetBudget } from '@/lib/budgets/client'
import { PERIODS, UNITS } from '@/lib/budgets/limits'
import type { Budget, BudgetInput } from '@/lib/budgets/schema'

type Props = { team: string; subjects: Subjects; budget?: Budget; onClose: () => void }

/** Makes a budget, or changes the limit of one. */
export function BudgetForm({ team, subjects, budget, onClose }: Props) {
  const t = useTranslations('settings.budgets')
  const words = useBudgetWords()
  const scopes = useScopes(subjects)
  const set = useSetBudget(team)
  const tell = useProblemToast()
  const [chosen, setChosen] = useState(0)
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('images')
  const [window, setWindow] = useState<(typeof PERIODS)[number]>('month')
  const [limit, setLimit] = useState(budget ? String(budget.limit) : '')
  const [wasTried, setTried] = useState(false)
  const isWrong = limit.trim() === '' || !(Number(limit) >= 0)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const scope = scopes[chosen]?.scope
    if (isWrong || !scope) return
    const made = { scope, unit, window: unit === 'requests' ? 'at_once' : window } as const
    const kept = budget && { scope: scopeOf(budget.scope), unit: budget.unit, window: budget.window }
    set.mutate({ ...(kept ?? made), limit: Number(limit) }, { onSuccess: onClose, onError: tell })
  }
  return (
    <Dialog
      isOpen
      title={budget ? t('change') : t('new')}
      lead={budget && `${words.whose(budget.scope)}: ${words.rule(budget)}`}
      onClose={onClose}
    >
      <form onSubmit={send} className="grid grid-cols-1 gap-4 pb-2">
        {!budget && (
          <>
            <Field label={t('whose')}>
              <Select
                value={String(chosen)}
                options={scopes.map(({ label }, index) => ({ value: String(index), label }))}
                onChange={({ target }) => setChosen(Number(target.value))}
              />
            </Field>
            <Field label={t('unit')}>
              <Select
                value={unit}
                options={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
                onChange={({ target }) => setUnit(UNITS.find((one) => one === target.value) ?? 'images')}
              />
            </Field>
            {unit !== 'requests' && (
              <Field label={t('window')}>
                <Select
                  value={window}
                  options={PERIODS.map((value) => ({ value, label: t(`windows.${value}`) }))}
                  onChange={({ target }) => setWindow(PERIODS.find((one) => one === target.value) ?? 'month')}
                />
              </Field>
            )}
          </>
        )}
        <Field label={t('limit')} error={wasTried && isWrong ? t('limitWrong') : undefined}>
          <Input
            autoFocus={budget !== undefined}
            inputMode="decimal"
            autoComplete="off"
            value={limit}
            onChange={({ target }) => setLimit(target.value)}
          />
        </Field>
        <Button
          type="submit"
          tone="gold"
          isBusy={set.isPending}
          className="mt-2 justify-self-end phone:justify-self-stretch"
        >
          {t('set')}
        </Button>
      </form>
    </Dialog>
  )
}

type Scope = BudgetInput['scope']

/** Everybody whom a budget can be for: the team, each role, each member, each key. */
function useScopes({ members, keys }: Subjects): { scope: Scope; label: string }[] {
  const t = useTranslations('settings.budgets')
  const { role } = useBudgetWords()
  return [
    { scope: { kind: 'team' }, label: t('team') },
    ...ROLES.filter((id) => id !== 'viewer').map((id) => ({
      scope: { kind: 'role', id } as const,
      label: t('role', { role: role(id) }),
    })),
    ...members.map(({ id, name }) => ({ scope: { kind: 'member', id } as const, label: name })),
    ...keys.map(({ id, name }) => ({ scope: { kind: 'api-key', id } as const, label: t('key', { name }) })),
  ]
}

function scopeOf({ kind, id }: Budget['scope']): Scope {
  if (kind === 'team') return { kind }
  if (kind === 'role') return { kind, id: ROLES.find((role) => role === id) ?? 'member' }
  return { kind, id }
}
