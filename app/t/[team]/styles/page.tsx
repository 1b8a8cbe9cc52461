import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { Catalogue } from '@/components/styles/catalogue'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { getQueryClient } from '@/lib/platform/query-client'
import { styleQueries } from '@/lib/styles/client'
import { listStyles } from '@/lib/styles/server'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('styles'))('title') }
}

export default async function StylesPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requirePageActor((await params).team)
  const canEdit = can(actor, 'edit_styles')
  const queries = getQueryClient()
  const { queryKey } = styleQueries.list(actor.teamSlug, { withHidden: canEdit })
  queries.setQueryData(queryKey, await listStyles(actor, { withHidden: canEdit }))
  return (
    <Messages namespaces={['categories', 'styles']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <Catalogue team={actor.teamSlug} canEdit={canEdit} canFavour={can(actor, 'change_own')} />
      </Hydrated>
    </Messages>
  )
}
