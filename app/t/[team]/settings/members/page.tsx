import type { Metadata } from 'next'
import { Invitations } from '@/components/invitations/invitations'
import { Invite } from '@/components/invitations/invite'
import { MemberCount, Members } from '@/components/members/members'
import { RolesTable } from '@/components/members/roles-table'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { listInvitations } from '@/lib/invitations/server'
import { isMailOn } from '@/lib/mail/server'
import { listMembers } from '@/lib/members/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('members.title') }
}

export default async function MembersPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const canManage = can(actor, 'manage_members')
  const [t, members, invitations] = await Promise.all([
    getTranslations('settings'),
    listMembers(actor),
    canManage ? listInvitations(actor) : null,
  ])
  const { role, userId, teamSlug } = actor
  const hasMail = isMailOn()
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead title={t('members.title')} lead={<MemberCount team={teamSlug} initial={members} />} />
      {canManage && <Invite team={teamSlug} role={role} hasMail={hasMail} />}
      <Members team={teamSlug} me={{ id: userId, role }} initial={members} />
      {invitations && <Invitations team={teamSlug} role={role} hasMail={hasMail} initial={invitations} />}
      <RolesTable />
    </>
  )
}
