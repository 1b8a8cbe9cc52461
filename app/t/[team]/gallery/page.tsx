import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Gallery } from '@/components/gallery/gallery'
import { Hydrated } from '@/components/hydrated'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { imageQueries } from '@/lib/images/client'
import { readFilters } from '@/lib/images/filters'
import { listImages } from '@/lib/images/server'
import { viewerOf } from '@/lib/images/viewer'
import { PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('gallery'))('title') }
}

export default async function GalleryPage({ params, searchParams }: Props) {
  const actor = await requirePageActor((await params).team)
  const search = await searchParams
  const filters = readFilters({ get: (name) => [search[name]].flat()[0] ?? null })
  const queries = getQueryClient()
  const first = await listImages(actor, { ...filters, limit: PAGE_SIZES.images }) // counts come after: they take longer
  queries.setQueryData(imageQueries.gallery(actor.teamSlug, filters).queryKey, {
    pages: [first],
    pageParams: [null],
  })
  return (
    <Messages namespaces={['actions', 'gallery', 'share']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <Gallery team={actor.teamSlug} viewer={viewerOf(actor)} />
      </Hydrated>
    </Messages>
  )
}
