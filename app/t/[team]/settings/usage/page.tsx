import { ArrowDownToLine } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { buttonClass } from '@/components/ui/button'
import { Choice } from '@/components/usage/choice'
import { SpendingTable } from '@/components/usage/spending-table'
import { UsageChart } from '@/components/usage/usage-chart'
import { UsageFigures } from '@/components/usage/usage-figures'
import { UsageTable } from '@/components/usage/usage-table'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { getSpending } from '@/lib/ledger/spending'
import { PERIODS, type Period } from '@/lib/usage/range'
import { USAGE_BY, type UsageBy } from '@/lib/usage/dimensions'
import { getOutlook, getUsageOf } from '@/lib/usage/server'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}
type View = { period: Period; by: UsageBy; whose: 'all' | 'mine' }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('usage')
  return { title: t('title') }
}

export default async function UsagePage({ params, searchParams }: Props) {
  const actor = await requirePageActor((await params).team)
  const isAdmin = can(actor, 'see_usage')
  const view = viewIn(await searchParams, isAdmin)
  const [t, usage, left] = await Promise.all([
    getTranslations('usage'),
    getUsageOf(actor, view),
    getOutlook(actor),
  ])
  const { from, to, by, whose } = usage
  const hrefOf = (change: Partial<View>) => `?${new URLSearchParams({ ...view, ...change }).toString()}`
  const csv = `/api/v1/teams/${actor.teamId}/usage.csv?${new URLSearchParams({ from, to, by, whose }).toString()}`
  const lead = t(isAdmin ? 'lead' : 'leadOwn')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead
        title={t('title')}
        lead={lead}
        actions={
          <a href={csv} download className={buttonClass()}>
            <ArrowDownToLine aria-hidden className="size-4" />
            {t('csv')}
          </a>
        }
      />
      <div className="mt-6 flex flex-wrap gap-3">
        <Choice
          label={t('period')}
          value={view.period}
          options={PERIODS.map((period) => ({
            value: period,
            label: t(`periods.${period}`),
            href: hrefOf({ period }),
          }))}
        />
        {isAdmin && (
          <Choice
            label={t('whose')}
            value={whose}
            options={(['all', 'mine'] as const).map((one) => ({
              value: one,
              label: t(one),
              href: hrefOf({ whose: one }),
            }))}
          />
        )}
      </div>
      <UsageFigures total={usage.total} left={left} />
      <UsageChart usage={usage} />
      <div className="mt-10">
        <Choice
          label={t('groupBy')}
          value={by}
          options={USAGE_BY.map((one) => ({ value: one, label: t(`by.${one}`), href: hrefOf({ by: one }) }))}
        />
      </div>
      <UsageTable usage={usage} />
      {whose === 'all' && <SpendingTable spending={await getSpending(actor, { from, to })} />}
    </>
  )
}

/** What the address asks for; what it says wrongly is what the page begins with. */
function viewIn(search: Record<string, string | string[] | undefined>, isAdmin: boolean): View {
  return {
    period: PERIODS.find((one) => one === search.period) ?? 'month',
    by: USAGE_BY.find((one) => one === search.by) ?? (isAdmin ? 'member' : 'day'),
    whose: isAdmin && search.whose !== 'mine' ? 'all' : 'mine',
  }
}
