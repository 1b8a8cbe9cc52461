import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { LinkList } from '@/components/share-links/link-list'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'
import { shareLinkQueries } from '@/lib/share-links/client'
import { listShareLinks } from '@/lib/share-links/server'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<{ state?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('share'))('links.title') }
}

export default async function LinksPage({ params, searchParams }: Props) {
  const actor = await requirePageActor((await params).team)
  const state = (await searchParams).state === 'ended' ? 'ended' : 'open'
  const queries = getQueryClient()
  queries.setQueryData(shareLinkQueries.list(actor.teamSlug, state).queryKey, {
    pages: [await listShareLinks(actor, { limit: PAGE_SIZES.links, state })],
    pageParams: [''],
  })
  const t = await getTranslations('share')
  return (
    <Messages namespaces={['share']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <main className="mx-auto max-w-[1080px] px-8 pt-8 pb-20 phone:px-4 phone:pt-5">
          <h1 className="text-24 font-semibold">{t('links.title')}</h1>
          <p className="mt-1 text-text-2">{t('links.lead')}</p>
          <LinkList team={actor.teamSlug} state={state} />
        </main>
      </Hydrated>
    </Messages>
  )
}
