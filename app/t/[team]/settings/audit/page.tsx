import type { Metadata } from 'next'
import { AuditList } from '@/components/audit/audit-list'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { listAudit } from '@/lib/audit/server'
import { getTranslations } from '@/lib/i18n/translations'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('audit.title') }
}

export default async function AuditPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const t = await getTranslations('settings')
  const canSee = can(actor, 'see_audit')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead title={t('audit.title')} lead={t(canSee ? 'audit.lead' : 'audit.forbidden')} />
      {canSee && <AuditList team={actor.teamSlug} initial={await listAudit(actor, { limit: 50 })} />}
    </>
  )
}
