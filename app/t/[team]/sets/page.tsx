import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { SetList } from '@/components/campaign-sets/set-list'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { campaignSetQueries } from '@/lib/campaign-sets/client'
import { listCampaignSets } from '@/lib/campaign-sets/server'
import { getTranslations } from '@/lib/i18n/translations'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sets'))('all') }
}

export default async function SetsPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requirePageActor((await params).team)
  const queries = getQueryClient()
  queries.setQueryData(campaignSetQueries.list(actor.teamSlug).queryKey, {
    pages: [await listCampaignSets(actor, { limit: PAGE_SIZES.sets })],
    pageParams: [null],
  })
  const t = await getTranslations('sets')
  return (
    <Messages namespaces={['sets', 'shell']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <main className="mx-auto max-w-[1080px] px-8 pt-8 pb-20 phone:px-4 phone:pt-5">
          <h1 className="text-24 font-semibold">{t('all')}</h1>
          <p className="mt-1 text-text-2">{t('lead')}</p>
          <SetList team={actor.teamSlug} />
        </main>
      </Hydrated>
    </Messages>
  )
}
