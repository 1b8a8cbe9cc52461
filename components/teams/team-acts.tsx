'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LimitedInput } from '@/components/ui/limited-input'
import { onDemand } from '@/components/ui/on-demand'
import { Select } from '@/components/ui/select'
import { showToast } from '@/components/ui/toast'
import { enter } from '@/lib/account/client'
import { createTeam, removeTeam, transferTeam } from '@/lib/teams/client'
import { isolate } from '@/lib/text/isolate'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type Named = { id: string; slug: string; name: string }

/** A second team beside this one. */
export function NewTeam() {
  const t = useTranslations('settings')
  const [name, setName] = useState('')
  const tell = useProblemToast()
  const create = useMutation({
    mutationFn: () => createTeam(name),
    onSuccess: ({ slug }) => enter(`/t/${slug}/create`),
    onError: tell,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <Section id="new" title={t('team.new')} lead={t('team.newLead')}>
      <form onSubmit={submit} className="flex max-w-[440px] items-end gap-2">
        <Field label={t('team.newName')} className="min-w-0 flex-1">
          <LimitedInput value={name} onText={setName} limit={80} required />
        </Field>
        <Button type="submit" isBusy={create.isPending} disabled={name.trim() === ''} className="h-10">
          {t('team.create')}
        </Button>
      </form>
    </Section>
  )
}

/** Makes another member the owner. */
export function TransferTeam({ team, heirs }: { team: Named; heirs: { id: string; name: string }[] }) {
  const t = useTranslations('settings')
  const refresh = useRefresh()
  const [heirId, setHeirId] = useState(heirs[0]?.id ?? '')
  const [isAsked, setAsked] = useState(false)
  const tell = useProblemToast()
  const heir = heirs.find(({ id }) => id === heirId)
  const transfer = useMutation({
    mutationFn: () => transferTeam(team.id, heirId),
    onSuccess: () => {
      showToast({ title: t('team.transferred', { name: isolate(heir?.name ?? '') }) })
      refresh()
    },
    onError: tell,
  })
  return (
    <Section title={t('team.transfer')} lead={t('team.transferLead')}>
      {!heir ? (
        <p className="text-text-3">{t('team.transferNobody')}</p>
      ) : (
        <div className="flex max-w-[440px] items-center gap-2">
          <Select
            aria-label={t('team.transferTo')}
            value={heirId}
            options={heirs.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setHeirId(event.target.value)}
            className="min-w-0 flex-1"
          />
          <Button tone="removal" onClick={() => setAsked(true)} className="h-10">
            {t('team.transferDo')}
          </Button>
        </div>
      )}
      {isAsked && heir && (
        <Confirm
          title={`${t('team.transfer')}: ${isolate(heir.name)}`}
          lead={t('team.transferLead')}
          action={t('team.transferDo')}
          onAct={() => transfer.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
    </Section>
  )
}

/** Cannot be undone: the name is typed by hand. */
export function DeleteTeam({ team }: { team: Named }) {
  const t = useTranslations('settings')
  const [typed, setTyped] = useState('')
  const tell = useProblemToast({ conflict: t('team.lastTeam') })
  const remove = useMutation({
    mutationFn: () => removeTeam(team.id, typed),
    onSuccess: () => enter('/'),
    onError: tell,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    remove.mutate()
  }
  return (
    <Section title={t('team.delete')} lead={t('team.deleteLead')}>
      <form onSubmit={submit} className="grid max-w-[440px] grid-cols-1 gap-3">
        <Field label={t('team.deleteConfirm', { name: isolate(team.name) })}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
        <Button
          type="submit"
          tone="danger"
          isBusy={remove.isPending}
          disabled={typed.trim() !== team.name}
          className="justify-self-start"
        >
          {t('team.deleteDo')}
        </Button>
      </form>
    </Section>
  )
}
