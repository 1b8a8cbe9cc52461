import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { SetView } from '@/components/campaign-sets/set-view'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { findForPage, requirePageActor } from '@/lib/access/page'
import { campaignSetQueries } from '@/lib/campaign-sets/client'
import { getCampaignSet } from '@/lib/campaign-sets/server'
import { getTranslations } from '@/lib/i18n/translations'
import { viewerOf } from '@/lib/images/viewer'
import { getQueryClient } from '@/lib/platform/query-client'
import { styleQueries } from '@/lib/styles/client'
import { listStyles } from '@/lib/styles/server'

type Props = { params: Promise<{ team: string; id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sets'))('title') }
}

export default async function SetPage({ params }: Props) {
  const { team, id } = await params
  const actor = await requirePageActor(team)
  const [set, styles] = await Promise.all([
    findForPage(id, (setId) => getCampaignSet(actor, setId)),
    listStyles(actor, { withHidden: false }),
  ])
  const queries = getQueryClient()
  queries.setQueryData(campaignSetQueries.one(actor.teamSlug, id).queryKey, set)
  queries.setQueryData(styleQueries.list(actor.teamSlug).queryKey, styles)
  return (
    <Messages namespaces={['actions', 'generations', 'refusals', 'sets', 'share']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <SetView team={actor.teamSlug} id={id} viewer={viewerOf(actor)} />
      </Hydrated>
    </Messages>
  )
}
