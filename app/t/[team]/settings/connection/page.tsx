import type { Metadata } from 'next'
import { ConnectionView } from '@/components/connection/connection-view'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { getConnection } from '@/lib/connection/server'
import { getTranslations } from '@/lib/i18n/translations'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('connection.title') }
}

export default async function ConnectionPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <ConnectionView team={actor.teamSlug} initial={await getConnection(actor)} />
    </>
  )
}
