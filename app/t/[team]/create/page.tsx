import { dehydrate } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Composer } from '@/components/composer/composer'
import { ComposerProvider } from '@/components/composer/composer-context'
import { ComposerDock } from '@/components/composer/composer-dock'
import { DropAnywhere } from '@/components/composer/drop-anywhere'
import { SourcePickers } from '@/components/composer/source-field'
import { Feed } from '@/components/generations/feed'
import { Hydrated } from '@/components/hydrated'
import { ViewerProvider } from '@/components/images/viewer-context'
import { Messages } from '@/components/messages'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { generationQueries } from '@/lib/generations/client'
import { FEED_SIZE_COOKIE, feedSizeOf } from '@/lib/generations/feed-size'
import { listGenerations } from '@/lib/generations/server'
import { getTranslations } from '@/lib/i18n/translations'
import { viewerOf } from '@/lib/images/viewer'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'
import { getQueryClient } from '@/lib/platform/query-client'
import { promptTools } from '@/lib/prompts/server'
import { styleQueries } from '@/lib/styles/client'
import { listStyles } from '@/lib/styles/server'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('create')
  return { title: t('title') }
}

/** The composer beside the feed; the first page of both comes with the HTML. */
export default async function CreatePage({ params, searchParams }: Props) {
  const actor = await requirePageActor((await params).team)
  const { team, userId } = actor
  const isMine = (await searchParams).mine === 'true'
  const [page, unknown, styles] = await Promise.all([
    listGenerations(actor, {
      limit: PAGE_SIZES.feed,
      dismissed: false,
      sets: 'folded',
      ...(isMine && { mine: true }),
    }),
    listGenerations(actor, { limit: PAGE_MAX, status: 'unknown' }),
    listStyles(actor, { withHidden: false }),
  ])
  const queries = getQueryClient()
  queries.setQueryData(generationQueries.list(team.slug, { isMine }).queryKey, {
    pages: [page],
    pageParams: [null],
  })
  queries.setQueryData(generationQueries.unknown(team.slug).queryKey, unknown)
  queries.setQueryData(styleQueries.list(team.slug).queryKey, styles)
  const person = { id: userId, canGenerate: can(actor, 'generate') }
  return (
    <Messages
      namespaces={[
        'actions',
        'categories',
        'create',
        'generations',
        'references',
        'refusals',
        'sets',
        'share',
        'shell',
        'templates',
      ]}
    >
      <Hydrated state={dehydrate(queries)}>
        <SeenAt place={actor.seenAt} />
        <ComposerProvider
          team={team.slug}
          teamId={team.id}
          person={person}
          isPrivateByDefault={actor.isPrivateByDefault ?? false}
          tools={await promptTools(actor)}
        >
          <ViewerProvider viewer={viewerOf(actor)}>
            <div className="grid grid-cols-[var(--composer-width)_minmax(0,1fr)] items-start phone:block">
              <Composer />
              <Feed size={feedSizeOf((await cookies()).get(FEED_SIZE_COOKIE)?.value)} />
            </div>
            <ComposerDock />
            <SourcePickers />
            <DropAnywhere />
          </ViewerProvider>
        </ComposerProvider>
      </Hydrated>
    </Messages>
  )
}
