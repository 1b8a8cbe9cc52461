import type { Metadata } from 'next'
import { PageHead } from '@/components/settings/section'
import { SystemView } from '@/components/settings/system-view'
import { may } from '@/lib/auth/actor'
import { requirePageActor } from '@/lib/auth/page'
import { getTranslations } from '@/lib/i18n'
import { getSystem } from '@/lib/system/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('system.title') }
}

export default async function SystemPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  if (may(actor, 'see_system')) return <SystemView team={actor.teamSlug} initial={await getSystem(actor)} />
  const t = await getTranslations('settings')
  return <PageHead title={t('system.title')} lead={t('system.forbidden')} />
}
