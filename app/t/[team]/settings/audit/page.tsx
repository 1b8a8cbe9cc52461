import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { AuditFilter } from '@/components/audit/audit-filter'
import { AuditList } from '@/components/audit/audit-list'
import { Hydrated } from '@/components/hydrated'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor, type PageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { auditQueries } from '@/lib/audit/client'
import { listAuditPeople } from '@/lib/audit/people'
import { auditFilters, type AuditFilters } from '@/lib/audit/schema'
import { listAudit } from '@/lib/audit/server'
import { getTranslations } from '@/lib/i18n/translations'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('audit.title') }
}

export default async function AuditPage({ params, searchParams }: Props) {
  const actor = await requirePageActor((await params).team)
  const t = await getTranslations('settings')
  const canSee = can(actor, 'see_audit')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead title={t('audit.title')} lead={t(canSee ? 'audit.lead' : 'audit.forbidden')} />
      {canSee && <Log actor={actor} filters={filtersIn(await searchParams)} />}
    </>
  )
}

async function Log({ actor, filters }: { actor: PageActor; filters: AuditFilters }) {
  const [people, first] = await Promise.all([
    listAuditPeople(actor),
    listAudit(actor, { ...filters, limit: PAGE_SIZES.audit }),
  ])
  const queries = getQueryClient()
  const { queryKey } = auditQueries.list(actor.teamSlug, filters)
  queries.setQueryData(queryKey, { pages: [first], pageParams: [null] })
  return (
    <Hydrated state={dehydrate(queries)}>
      <AuditFilter teamId={actor.teamId} people={people} filters={filters} />
      <AuditList key={JSON.stringify(filters)} team={actor.teamSlug} filters={filters} />
    </Hydrated>
  )
}

/** What the address narrows down to; what it says wrongly is left out. */
function filtersIn(search: Record<string, string | string[] | undefined>): AuditFilters {
  return Object.fromEntries(
    Object.entries(search).filter(
      ([name, value]) => auditFilters.safeParse({ [name]: value }).success && name in auditFilters.shape,
    ),
  )
}
