'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { resetSandbox, systemQueries, updateSandbox } from '@/lib/system/client'
import type { Sandbox, SandboxInput } from '@/lib/system/schema'
import { isRefusalCode } from '@/lib/upstream/flamel/refusals'

const LATENCIES = ['0', '1', '5', '20', '70']
const SLOTS = ['1', '2', '3', '5', '10']

/** Makes the sandbox refuse or stumble, so that people can see what the studio then says. */
export function SandboxPanel({ team }: { team: string }) {
  const t = useTranslations('settings')
  const client = useQueryClient()
  const tell = useProblemToast({ unavailable: t('sandbox.gone') })
  const { data, isError } = useQuery(systemQueries.sandbox(team))
  const onSuccess = (sandbox: Sandbox) => client.setQueryData(systemQueries.sandbox(team).queryKey, sandbox)
  const scope = { id: `sandbox of ${team}` } // one after the other: the last choice counts
  const change = useMutation({
    scope,
    mutationFn: (input: SandboxInput) => updateSandbox(team, input),
    onSuccess,
    onError: tell,
  })
  const reset = useMutation({
    scope,
    mutationFn: () => resetSandbox(team),
    onSuccess,
    onError: tell,
  })
  const actions = data && (
    <Button size="s" isBusy={reset.isPending} onClick={() => reset.mutate()}>
      {t('sandbox.reset')}
    </Button>
  )
  return (
    <Section title={t('sandbox.title')} lead={t('sandbox.lead')} actions={actions}>
      {isError && <p role="alert">{t('sandbox.gone')}</p>}
      {!data && !isError && <Skeleton className="h-24" />}
      {data && <Switches sandbox={data} onChange={change.mutateAsync} />}
    </Section>
  )
}

type SwitchesProps = { sandbox: Sandbox; onChange: (input: SandboxInput) => Promise<unknown> }

function Switches({ sandbox, onChange }: SwitchesProps) {
  const t = useTranslations('settings')
  const nameOf = useProvocationName()
  const { provoked, refusals, faults, latencyS, slots, dailyCredit } = sandbox
  const [fault, provoke] = useOptimisticChoice(provoked, (name) => onChange({ provoke: name }))
  const [latency, delay] = useOptimisticChoice(latencyS, (next) => onChange({ latencyS: next }))
  const [shownSlots, setSlots] = useOptimisticChoice(slots, (next) => onChange({ slots: next }))
  const seconds = (value: string) => ({ value, label: t('sandbox.seconds', { seconds: Number(value) }) })
  const numbers = [...new Set([...SLOTS, String(slots)])].sort((one, other) => Number(one) - Number(other))
  return (
    <>
      <div className="grid grid-cols-4 gap-4 phone:grid-cols-1">
        <Field label={t('sandbox.provoke')} className="col-span-4 phone:col-span-1">
          <Select
            value={fault ?? ''}
            options={[
              { value: '', label: t('sandbox.nothing') },
              ...[...refusals, ...faults].map((name) => ({ value: name, label: nameOf(name) })),
            ]}
            onChange={(event) => provoke(event.target.value || null)}
          />
        </Field>
        <Field label={t('sandbox.latency')}>
          <Select
            value={latency === null ? '' : String(latency)}
            options={[{ value: '', label: t('sandbox.usual') }, ...LATENCIES.map(seconds)]}
            onChange={(event) => delay(event.target.value === '' ? null : Number(event.target.value))}
          />
        </Field>
        <Field label={t('sandbox.slots')}>
          <Select
            value={String(shownSlots)}
            options={numbers.map((value) => ({ value, label: value }))}
            onChange={(event) => setSlots(Number(event.target.value))}
          />
        </Field>
        <Field label={t('sandbox.credits')} className="col-span-2 phone:col-span-1">
          <Select
            value=""
            options={[
              { value: '', label: t('sandbox.creditsKeep', { count: dailyCredit }) },
              { value: '60', label: t('sandbox.creditsFull') },
              { value: '0', label: t('sandbox.creditsNone') },
            ]}
            onChange={({ target: { value } }) => {
              if (value) void onChange({ dailyCredit: Number(value) }).catch(() => undefined) // told already
            }}
          />
        </Field>
      </div>
      {provoked && (
        <p role="status" className="mt-3 text-13 text-text-2">
          {t('sandbox.on', { what: nameOf(provoked) })}
        </p>
      )}
    </>
  )
}

/** A refusal by its sentence, a fault by its technical name: it has no other. */
function useProvocationName() {
  const t = useTranslations('settings')
  const tRefusals = useTranslations('refusals')
  return (name: string): string => {
    if (!isRefusalCode(name)) return t('sandbox.fault', { name })
    return `${tRefusals(`${name}.title`, { parameter: 'none' })} (${name})`
  }
}
