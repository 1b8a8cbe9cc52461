import { useFormatter, useTranslations } from 'use-intl/react'
import type { Budget, Standing } from '@/lib/budgets/schema'
import { isolate } from '@/lib/text/isolate'

/** A budget in words: whose it is, what it allows and when it renews. */
export function useBudgetWords() {
  const t = useTranslations('settings.budgets')
  const roles = useTranslations('settings.roles')
  const format = useFormatter()
  const role = (id: string) =>
    id === 'owner' || id === 'admin' || id === 'member' ? roles(id) : roles('viewer')
  return {
    role,
    whose: ({ kind, id, name }: Budget['scope']) =>
      kind === 'team'
        ? t('groups.team')
        : kind === 'role'
          ? t('groups.role', { role: role(id) })
          : kind === 'api-key'
            ? t('key', { name: isolate(name) })
            : isolate(name),
    rule: ({ unit, window, limit }: Pick<Standing, 'unit' | 'window' | 'limit'>) =>
      t('rule', { unit, window, amount: limit }),
    renews: (resetsAt: string | null) =>
      resetsAt &&
      t('renews', {
        time: format.dateTime(new Date(resetsAt), {
          ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
          hourCycle: 'h23',
        }),
      }),
    /** What is left of it, with what is on hold and what was granted on top. */
    left: ({ left, held, extra }: Pick<Standing, 'left' | 'held' | 'extra'>) =>
      [t('left', { left }), held > 0 && t('held', { held }), extra > 0 && t('extra', { extra })]
        .filter(Boolean)
        .join(' · '),
  }
}
