'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { usePersonName } from '@/components/people/person-name'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { connectionQueries, removeKey, saveKey } from '@/lib/connection/client'
import type { KeyScope, ShownKey } from '@/lib/connection/schema'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'
import { isRefusalCode } from '@/lib/upstream/flamel/refusals'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type KeyPlaceProps = { team: string; scope: KeyScope; stored: ShownKey | null; canSave: boolean }

/** Where one key is added, replaced and removed; what is stored is never shown. */
export function KeyPlace({ team, scope, stored, canSave }: KeyPlaceProps) {
  const t = useTranslations('settings.connection')
  const [isReplacing, setReplacing] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const isAsked = canSave && (isReplacing || !stored)
  return (
    <div className="grid max-w-[784px] gap-5">
      {stored && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-m bg-panel p-4 edge">
          <Stored stored={stored} />
          <div className="flex gap-2">
            {canSave && !isReplacing && <Button onClick={() => setReplacing(true)}>{t('replace')}</Button>}
            <Button tone="removal" onClick={() => setRemoving(true)}>
              {t('remove')}
            </Button>
          </div>
        </div>
      )}
      {isAsked && (
        <KeyForm
          team={team}
          scope={scope}
          isReplacing={stored !== null}
          onCancel={stored ? () => setReplacing(false) : undefined}
          onSaved={() => setReplacing(false)}
        />
      )}
      {stored && isRemoving && (
        <RemoveKey team={team} scope={scope} stored={stored} onClose={() => setRemoving(false)} />
      )}
    </div>
  )
}

function Stored({ stored: { lastFour, addedAt, addedBy, isReadable } }: { stored: ShownKey }) {
  const nameOf = usePersonName()
  const t = useTranslations('settings.connection')
  const format = useFormatter()
  const time = format.dateTime(new Date(addedAt), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  return (
    <div className="min-w-0">
      <p className="font-medium">{t('ending', { lastFour })}</p>
      <p className="mt-0.5 text-13 text-text-2">{t('added', { time, name: isolate(nameOf(addedBy)) })}</p>
      {!isReadable && (
        <p role="alert" className="mt-2 flex max-w-[62ch] gap-2 font-medium">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('unreadable')}
        </p>
      )}
    </div>
  )
}

type KeyFormProps = {
  team: string
  scope: KeyScope
  isReplacing: boolean
  onCancel?: () => void
  onSaved: () => void
}

function KeyForm({ team, scope, isReplacing, onCancel, onSaved }: KeyFormProps) {
  const t = useTranslations('settings.connection')
  const client = useQueryClient()
  const problemOf = useKeyProblem()
  const [key, setKey] = useState('')
  const save = useMutation({
    mutationFn: () => saveKey(team, { scope, key }),
    onSuccess: ({ connection, outcome }) => {
      client.setQueryData(connectionQueries.current(team).queryKey, connection)
      setKey('')
      showToast({ title: t(`outcome.${outcome}`) })
      onSaved()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className="grid max-w-[520px] grid-cols-1 gap-4">
      {isReplacing && <p className="max-w-[62ch] leading-[22px] text-text-2">{t('replaceHint')}</p>}
      <Field
        label={t('field')}
        hint={t('fieldHint')}
        error={save.error && !save.isPending ? problemOf(save.error) : undefined}
      >
        <Input
          type="password"
          name="flamel-key"
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus={isReplacing} // what was pressed is gone
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="gold" isBusy={save.isPending} disabled={key === ''}>
          {t('save')}
        </Button>
        {onCancel && (
          <Button tone="ghost" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Why a key was not taken, in a sentence. */
function useKeyProblem() {
  const t = useTranslations('settings.connection.problems')
  const tRefusals = useTranslations('refusals')
  const tCommon = useTranslations('common')
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return tCommon(errorKey(error))
    const { code, detail = '' } = error
    if (code === 'validation_failed') return t('shape')
    if (code === 'unavailable') return t('unreachable')
    if (code === 'too_many_requests') return t('tooMany')
    if (code !== 'upstream_refused') return tCommon(errorKey(error))
    return t('refused', { code: isRefusalCode(detail) ? tRefusals(`${detail}.title`) : isolate(detail) })
  }
}

type RemoveKeyProps = { team: string; scope: KeyScope; stored: ShownKey; onClose: () => void }

function RemoveKey({ team, scope, stored, onClose }: RemoveKeyProps) {
  const t = useTranslations('settings.connection')
  const client = useQueryClient()
  const tell = useProblemToast()
  const remove = useMutation({
    mutationFn: () => removeKey(team, scope),
    onSuccess: (connection) => {
      client.setQueryData(connectionQueries.current(team).queryKey, connection)
      showToast({ title: t('removed') })
    },
    onError: tell,
  })
  return (
    <Confirm
      title={t('removeTitle', { lastFour: stored.lastFour })}
      lead={t(scope === 'own' ? 'removeOwn' : 'removeServer')}
      action={t('remove')}
      onAct={() => remove.mutateAsync()}
      onClose={onClose}
    />
  )
}
