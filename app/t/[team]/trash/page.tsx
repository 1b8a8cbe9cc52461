import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Trash } from '@/components/gallery/trash'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { imageQueries } from '@/lib/images/client'
import { listImages } from '@/lib/images/server'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('gallery'))('trashPage.title') }
}

export default async function TrashPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const queries = getQueryClient()
  queries.setQueryData(imageQueries.trash(actor.teamSlug).queryKey, {
    pages: [await listImages(actor, { trash: 'true', limit: PAGE_SIZES.images })],
    pageParams: [null],
  })
  const t = await getTranslations('gallery')
  return (
    <Messages namespaces={['gallery', 'references']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <main className="mx-auto max-w-[1320px] px-8 pt-8 pb-20 phone:px-4 phone:pt-5">
          <h1 className="text-24 font-semibold">{t('trashPage.title')}</h1>
          <p className="mt-1 max-w-[66ch] text-text-2">{t('trashPage.lead')}</p>
          <Trash team={actor.teamSlug} now={new Date().getTime()} />
        </main>
      </Hydrated>
    </Messages>
  )
}
