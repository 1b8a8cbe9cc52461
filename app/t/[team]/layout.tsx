import { dehydrate } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Hydrated } from '@/components/hydrated'
import { LightboxHost } from '@/components/images/lightbox-host'
import { Messages } from '@/components/messages'
import { ResetBanner } from '@/components/second-factor/reset-banner'
import { NotificationsButton } from '@/components/notifications/notifications-button'
import { AccountMenu } from '@/components/shell/account-menu'
import { AccountStatus } from '@/components/shell/account-status'
import { Background } from '@/components/shell/background'
import { StudioNotices } from '@/components/shell/notices'
import { Overlays } from '@/components/shell/overlays'
import { Providers } from '@/components/shell/providers'
import { SearchButton } from '@/components/shell/search-button'
import { DeskTabs, PhoneTabs } from '@/components/shell/tabs'
import { Link } from '@/components/ui/link'
import { Logo } from '@/components/ui/logo'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { creditQueries } from '@/lib/credits/client'
import { getCredits } from '@/lib/credits/server'
import { getTranslations } from '@/lib/i18n/translations'
import { viewerOf } from '@/lib/images/viewer'
import { notificationQueries } from '@/lib/notifications/client'
import { listNotifications } from '@/lib/notifications/server'
import { getQueryClient } from '@/lib/platform/query-client'
import { listTeamsOf } from '@/lib/teams/server'

type Props = { params: Promise<{ team: string }>; children: ReactNode }

/** The signed-in studio, in one team. */
export default async function TeamLayout({ params, children }: Props) {
  const actor = await requirePageActor((await params).team)
  const { person, team, role } = actor
  const [teams, notifications, credits, t] = await Promise.all([
    listTeamsOf(person.id),
    listNotifications(actor, 0),
    getCredits(actor),
    getTranslations('common'),
  ])
  const queries = getQueryClient()
  queries.setQueryData(creditQueries.current(team.slug).queryKey, credits)
  queries.setQueryData(notificationQueries.count(team.slug).queryKey, notifications)
  const canAddTeam = teams.some((one) => one.role === 'owner')
  return (
    <Messages namespaces={['notifications', 'shell']}>
      <Providers>
        <Hydrated state={dehydrate(queries)}>
          <a
            href="#content"
            className="fixed top-2 left-2 z-60 -translate-y-16 rounded-m bg-inverse px-4 py-2 text-inverse-ink focus:translate-y-0"
          >
            {t('skipToContent')}
          </a>
          <header className="sticky top-0 z-20 flex h-(--bar-height) items-center gap-5 border-b border-line bg-bg px-5 phone:gap-1 phone:pr-2 phone:pl-4">
            <Link
              href={`/t/${team.slug}/create`}
              className="touch flex items-center gap-2.5 text-15 font-semibold whitespace-nowrap phone:min-w-0 phone:shrink-[999]"
            >
              <Logo />
              <span className="phone:truncate">{t('brand')}</span>
            </Link>
            <DeskTabs team={team.slug} />
            <div className="ml-auto flex min-w-0 items-center gap-5 phone:gap-2">
              <AccountStatus team={team.slug} />
              <SearchButton />
              <NotificationsButton team={team.slug} />
              <AccountMenu person={person} team={{ ...team, role }} teams={teams} canAddTeam={canAddTeam} />
            </div>
          </header>
          {actor.hasResetToSee && <ResetBanner team={team.slug} />}
          <StudioNotices
            team={team.slug}
            isSandbox={credits.upstream === 'sandbox'}
            canReplaceKey={can(actor, 'change_upstream')}
          />
          <div id="content" tabIndex={-1} className="pb-(--nav-height) outline-none">
            {children}
          </div>
          <PhoneTabs team={team.slug} />
          <Overlays team={{ id: team.id, slug: team.slug, role }} personId={person.id} teams={teams} />
          <LightboxHost team={team.slug} viewer={viewerOf(actor)} />
          <Background team={team.slug} personId={person.id} seenAt={actor.seenAt} />
        </Hydrated>
      </Providers>
    </Messages>
  )
}
