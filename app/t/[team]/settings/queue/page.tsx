import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { QueueView } from '@/components/queue/queue-view'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { queueQueries } from '@/lib/generations/queue/client'
import { getQueue } from '@/lib/generations/queue/server'
import { getTranslations } from '@/lib/i18n/translations'
import { viewerOf } from '@/lib/images/viewer'
import { getQueryClient } from '@/lib/platform/query-client'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('queue'))('title') }
}

export default async function QueuePage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const queries = getQueryClient()
  queries.setQueryData(queueQueries.current(actor.teamSlug).queryKey, await getQueue(actor))
  return (
    <Messages namespaces={['queue']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <QueueView team={actor.teamSlug} viewer={viewerOf(actor)} canManage={can(actor, 'manage_queue')} />
      </Hydrated>
    </Messages>
  )
}
