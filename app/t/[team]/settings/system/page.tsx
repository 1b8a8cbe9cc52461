import type { Metadata } from 'next'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { SystemView } from '@/components/system/system-view'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { getSystem } from '@/lib/system/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('system.title') }
}

export default async function SystemPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const t = await getTranslations('settings')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      {can(actor, 'see_system') ? (
        <SystemView team={actor.teamSlug} initial={await getSystem(actor)} />
      ) : (
        <PageHead title={t('system.title')} lead={t('system.forbidden')} />
      )}
    </>
  )
}
