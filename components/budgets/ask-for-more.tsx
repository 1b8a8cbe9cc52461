'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { useAskForMore } from '@/lib/budgets/client'
import { errorKey } from '@/lib/platform/api-client'

const NOTE_MAX = 300

type Props = { team: string; budgetId: string; onClose: () => void }

/** Asks the admins for more of a budget, with a sentence if one likes. */
export function AskForMore({ team, budgetId, onClose }: Props) {
  const t = useTranslations('actions.askForMore')
  const c = useTranslations('common')
  const [note, setNote] = useState('')
  const ask = useAskForMore(team)
  const send = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate({ budgetId, note }, { onSuccess: onClose })
  }
  return (
    <Dialog isOpen title={t('title')} lead={t('lead')} onClose={onClose}>
      <form onSubmit={send} className="grid grid-cols-1 gap-4 pb-2">
        <Field label={t('note')}>
          <LimitedInput autoFocus autoComplete="off" value={note} limit={NOTE_MAX} onText={setNote} />
        </Field>
        {ask.error && (
          <p role="alert" className="text-13 font-medium text-danger">
            {c(errorKey(ask.error))}
          </p>
        )}
        <Button
          type="submit"
          tone="gold"
          isBusy={ask.isPending}
          className="justify-self-end phone:justify-self-stretch"
        >
          {t('send')}
        </Button>
      </form>
    </Dialog>
  )
}
