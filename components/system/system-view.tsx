'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { PageHead, Section } from '@/components/settings/section'
import { BackupPanel } from '@/components/system/backup-panel'
import { BalanceChart } from '@/components/system/balance-chart'
import { Fact } from '@/components/system/fact'
import { MailPanel } from '@/components/system/mail-panel'
import { NodesPanel } from '@/components/system/nodes-panel'
import { SandboxPanel } from '@/components/system/sandbox-panel'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { useSize } from '@/components/system/use-size'
import { checkKey, systemQueries } from '@/lib/system/client'
import type { System } from '@/lib/system/schema'
import { isExplainedCode } from '@/lib/upstream/error-codes'

/** How the studio stands, kept fresh while it is looked at. */
export function SystemView({ team, initial }: { team: string; initial: System }) {
  const t = useTranslations('settings')
  const { data } = useQuery({ ...systemQueries.current(team), initialData: initial })
  return (
    <div className="max-w-[784px]">
      <PageHead title={t('system.title')} lead={t('system.lead')} />
      <Connection team={team} upstream={data.upstream} />
      <Section title={t('system.balances')}>
        <Balances system={data} />
      </Section>
      <Section title={t('system.work')}>
        <Work system={data} />
      </Section>
      {data.nodes.length > 1 && <NodesPanel nodes={data.nodes} />}
      <MailPanel team={team} mail={data.mail} />
      <BackupPanel backup={data.backup} />
      <div className="wide:grid wide:grid-cols-2 wide:gap-10">
        <Storage storage={data.storage} />
        <Versions versions={data.versions} />
      </div>
      {data.upstream.kind === 'sandbox' && <SandboxPanel team={team} />}
    </div>
  )
}

function Connection({ team, upstream }: { team: string; upstream: System['upstream'] }) {
  const t = useTranslations('settings')
  const tRefusals = useTranslations('refusals')
  const relative = useRelativeTime()
  const client = useQueryClient()
  const tell = useProblemToast()
  const check = useMutation({
    mutationFn: () => checkKey(team),
    onSuccess: (system) => client.setQueryData(systemQueries.current(team).queryKey, system),
    onError: tell,
  })
  const { keyProblem, checkedAt, kind, source, address } = upstream
  const problem = keyProblem && isExplainedCode(keyProblem) ? keyProblem : null
  const Icon = keyProblem ? TriangleAlert : Check
  const works = t(kind === 'sandbox' ? 'system.sandboxWorks' : 'system.works')
  const state = keyProblem ? t('system.problem') : checkedAt ? works : t('system.unchecked')
  return (
    <Section title={t('system.connection')}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-m bg-panel p-5 edge phone:p-4">
        <Icon aria-hidden className="mt-0.5 size-5 text-text-2" />
        <div className="min-w-0 flex-1">
          <p className="text-15 font-semibold">{t(`system.${kind}`)}</p>
          <p role="status" className="mt-0.5">
            {state}
            {checkedAt && (
              <span className="text-text-3" suppressHydrationWarning>
                {' · '}
                {t('system.checked', { time: relative(checkedAt) })}
              </span>
            )}
          </p>
          {problem && (
            <p className="mt-1 max-w-[62ch] text-13 text-text-2">
              {tRefusals(`${problem}.cause`, { parameter: 'none' })}{' '}
              {tRefusals(`${problem}.next`, { parameter: 'none' })}
            </p>
          )}
          <p className="mt-1 text-13 break-all text-text-3">
            {t('system.address')}: {address}
            {kind === 'flamel' && ` · ${t(source === 'environment' ? 'system.keyHint' : 'system.keyStored')}`}
          </p>
        </div>
        <Button isBusy={check.isPending} onClick={() => check.mutate()}>
          {t('system.test')}
        </Button>
      </div>
    </Section>
  )
}

function Balances({ system: { upstream, balances } }: { system: System }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const relative = useRelativeTime(60_000)
  const shown = [
    ['dailyCredit', upstream.dailyCredit],
    ['monthlyCredit', upstream.monthlyCredit],
    ['defaultCredit', upstream.defaultCredit],
  ] as const
  return (
    <>
      <dl className="mb-6 flex flex-wrap gap-x-14 gap-y-4">
        {shown.map(([kind, value]) => (
          <div key={kind}>
            <dt className="text-13 text-text-3">{t(`system.balance.${kind}`)}</dt>
            <dd className="mt-0.5 text-32 font-semibold">{value === null ? '—' : format.number(value)}</dd>
          </div>
        ))}
      </dl>
      {upstream.seenAt && (
        <p className="-mt-4 mb-6 text-13 text-text-3" suppressHydrationWarning>
          {t('system.seen', { time: relative(upstream.seenAt) })}
        </p>
      )}
      {balances.length > 0 ? (
        <>
          <h3 className="mb-3 text-14 font-medium text-text-2">{t('system.balancesLead')}</h3>
          <BalanceChart days={balances} />
        </>
      ) : (
        <p className="text-text-3">{t('system.noBalances')}</p>
      )}
    </>
  )
}

function Work({ system: { slots, queue, longestWaitS, processes, process } }: { system: System }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const wait = useWait()
  return (
    <>
      {!processes.hasDispatcher && (
        <p role="alert" className="mb-4 flex items-center gap-2 font-medium">
          <TriangleAlert aria-hidden className="size-4" />
          {t('system.noDispatcher')}
        </p>
      )}
      <dl className="grid grid-cols-4 gap-x-8 gap-y-5 phone:grid-cols-2">
        <Fact name={t('system.slots')}>
          {t('system.slotsValue', slots)}
          <Meter label={t('system.slots')} value={slots.inUse} max={slots.total} />
        </Fact>
        <Fact name={t('system.waiting')}>{format.number(queue.waiting)}</Fact>
        <Fact name={t('system.unknown')}>{format.number(queue.unknown)}</Fact>
        <Fact name={t('system.longestWait')}>{wait(longestWaitS)}</Fact>
        <Fact name={t('system.processes')}>{format.number(processes.dispatchers)}</Fact>
        <Fact name={t('system.allProcesses')}>{format.number(processes.all)}</Fact>
        <Fact name={t('system.connections')}>{t('system.slotsValue', process.connections)}</Fact>
        <Fact name={t('system.loopDelay')}>
          {format.number(process.loopDelayMs, { style: 'unit', unit: 'millisecond', unitDisplay: 'narrow' })}
        </Fact>
      </dl>
    </>
  )
}

function Storage({
  storage: { imageBytes, imageCount, freeBytes, objectStore },
}: {
  storage: System['storage']
}) {
  const t = useTranslations('settings')
  const size = useSize()
  const StoreIcon = objectStore?.isReachable ? Check : TriangleAlert
  return (
    <Section title={t('system.storage')}>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-5">
        <Fact name={t('system.images')}>
          {t('system.imagesValue', { count: imageCount, size: size(imageBytes) })}
        </Fact>
        <Fact name={t('system.free')}>{size(freeBytes)}</Fact>
        {objectStore && (
          <div className="col-span-2">
            <Fact name={t('system.objectStore')}>
              <span className="flex items-center gap-2">
                <StoreIcon aria-hidden className="size-4 shrink-0 text-text-2" />
                {t(objectStore.isReachable ? 'system.storeReachable' : 'system.storeUnreachable')}
              </span>
              <span className="text-13 font-normal break-all text-text-3">{objectStore.address}</span>
            </Fact>
          </div>
        )}
      </dl>
    </Section>
  )
}

function Versions({ versions }: { versions: System['versions'] }) {
  const t = useTranslations('settings')
  return (
    <Section title={t('system.versions')}>
      <dl className="grid grid-cols-3 gap-x-8 gap-y-5">
        <Fact name={t('system.studio')}>{versions.studio}</Fact>
        <Fact name={t('system.node')}>{versions.node}</Fact>
        <Fact name={t('system.postgres')}>{versions.postgres}</Fact>
      </dl>
    </Section>
  )
}

/** Seconds as the reader writes them, and minutes from two on. */
function useWait() {
  const format = useFormatter()
  return (seconds: number): string => {
    const [unit, divisor] = seconds >= 120 ? (['minute', 60] as const) : (['second', 1] as const)
    return format.number(seconds / divisor, { style: 'unit', unit, maximumFractionDigits: 0 })
  }
}
