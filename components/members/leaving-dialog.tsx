'use client'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import { memberQueries } from '@/lib/members/client'
import type { Holdings } from '@/lib/members/schema'
import { errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

type LeavingDialogProps = {
  team: string
  memberId: string
  title: ReactNode
  lead: ReactNode
  action: string
  /** The links pause instead of ending: the member may come back. */
  isPause?: boolean
  onAct: (heirId?: string) => Promise<unknown>
  onClose: () => void
}

/** Asks before a member goes: what they hold in the team, what becomes of it, and who takes over their share links. */
export function LeavingDialog({ team, memberId, onAct, onClose, ...words }: LeavingDialogProps) {
  const t = useTranslations('common')
  const { title, lead, action, isPause } = words
  const { data: holdings, error } = useQuery(memberQueries.holdings(team, memberId))
  const [heirId, setHeirId] = useState('')
  const [isBusy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    await onAct(heirId || undefined).then(onClose, () => undefined) // the caller has said what went wrong
    setBusy(false)
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button tone="danger" isBusy={isBusy} disabled={!holdings} onClick={act}>
        {action}
      </Button>
    </>
  )
  return (
    <Dialog isOpen title={title} onClose={onClose} footer={footer}>
      <p className="text-14 leading-[22px] text-text-2">{lead}</p>
      {holdings ? (
        <Held holdings={holdings} heirId={heirId} isPause={isPause} onHeir={setHeirId} />
      ) : (
        <div className="grid min-h-16 place-items-center">
          {error ? (
            <p role="alert">{t(errorKey(error))}</p>
          ) : (
            <p className="flex items-center gap-2 text-text-2">
              <Spinner />
              {t('loading')}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

type HeldProps = {
  holdings: Holdings
  heirId: string
  isPause?: boolean
  onHeir: (id: string) => void
}

function Held({ holdings, heirId, isPause, onHeir }: HeldProps) {
  const t = useTranslations('settings.leaving')
  const { shareLinks, apiKeys, invitations, queued, templates, privates, budgets, heirs } = holdings
  const names = apiKeys.map(isolate).join(', ')
  const lines = [
    ...(apiKeys.length > 0 ? [t('keys', { count: apiKeys.length, names })] : []),
    ...(invitations > 0 ? [t('invitations', { count: invitations })] : []),
    ...(queued > 0 ? [t('queued', { count: queued })] : []),
    ...(budgets > 0 && !isPause ? [t('budgets', { count: budgets })] : []),
    ...(privates > 0 ? [t('privates', { count: privates })] : []),
    ...(templates > 0 ? [t('templates', { count: templates })] : []),
  ]
  if (lines.length === 0 && shareLinks === 0)
    return <p className="mt-4 text-13 text-text-3">{t('nothing')}</p>
  return (
    <section className="mt-4 grid gap-3">
      <h3 className="text-13 font-medium text-text-2">{t('holds')}</h3>
      {lines.length > 0 && (
        <ul className="grid list-disc gap-1 pl-5 text-14 wrap-anywhere">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {shareLinks > 0 && (
        <Field label={t('shareLinks', { count: shareLinks })}>
          <Select
            value={heirId}
            options={[
              { value: '', label: t(isPause ? 'linksRest' : 'linksEnd') },
              ...heirs.map(({ id, name }) => ({ value: id, label: t('linksTo', { name: isolate(name) }) })),
            ]}
            onChange={(event) => onHeir(event.target.value)}
          />
        </Field>
      )}
    </section>
  )
}
