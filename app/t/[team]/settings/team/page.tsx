import type { Metadata } from 'next'
import { SecondFactorDemand } from '@/components/second-factor/demand'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { DeleteTeam, NewTeam, TransferTeam } from '@/components/teams/team-acts'
import { TeamForm } from '@/components/teams/team-form'
import { TeamPrivacy } from '@/components/teams/team-privacy'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { listMembers } from '@/lib/members/server'
import { hasSecondFactor } from '@/lib/access/second-factor'
import { getDemand } from '@/lib/second-factor/demand'
import { listTeamsOf } from '@/lib/teams/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('team.title') }
}

export default async function TeamPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const { team, userId } = actor
  const [t, teams, members, demand, isSecured] = await Promise.all([
    getTranslations('settings'),
    listTeamsOf(userId),
    listMembers(actor),
    getDemand(actor),
    hasSecondFactor(userId),
  ])
  const heirs = members.items.filter(
    ({ id, isDisabled, role }) => id !== userId && !isDisabled && role !== 'owner',
  )
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead title={t('team.title')} lead={t('team.lead')} />
      <TeamForm team={team} canChange={can(actor, 'change_team')} />
      {can(actor, 'change_team') && (
        <TeamPrivacy team={{ id: team.id, isPrivateByDefault: actor.isPrivateByDefault ?? false }} />
      )}
      <SecondFactorDemand
        team={team}
        demand={demand}
        isSecured={isSecured}
        canChange={can(actor, 'change_team')}
      />
      {teams.some(({ role }) => role === 'owner') && <NewTeam />}
      {can(actor, 'transfer_team') && <TransferTeam team={team} heirs={heirs} />}
      {can(actor, 'delete_team') && <DeleteTeam team={team} />}
    </>
  )
}
