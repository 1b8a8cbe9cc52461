import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cache } from 'react'
import { Hydrated } from '@/components/hydrated'
import { LightboxPage } from '@/components/images/lightbox-page'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { findForPage, requirePageActor } from '@/lib/access/page'
import { imageQueries } from '@/lib/images/client'
import { getImage } from '@/lib/images/server'
import { viewerOf } from '@/lib/images/viewer'
import { getQueryClient } from '@/lib/platform/query-client'
import { shorten } from '@/lib/text/letters'

type Props = { params: Promise<{ team: string; id: string }> }

const findImage = cache(async (team: string, id: string) => {
  const actor = await requirePageActor(team)
  const image = await findForPage(id, (imageId) => getImage(actor, imageId))
  return { actor, image }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { team, id } = await params
  const { image } = await findImage(team, id)
  return { title: shorten(image.prompt, 60) }
}

/** An image whose address was opened directly; over another page it opens as a dialog (components/images/lightbox-overlay). */
export default async function ImagePage({ params }: Props) {
  const { team, id } = await params
  const { actor, image } = await findImage(team, id)
  const queries = getQueryClient()
  queries.setQueryData(imageQueries.one(actor.teamSlug, id).queryKey, image)
  return (
    <Messages namespaces={['actions', 'image', 'gallery', 'share']}>
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <LightboxPage team={actor.teamSlug} viewer={viewerOf(actor)} id={id} />
      </Hydrated>
    </Messages>
  )
}
