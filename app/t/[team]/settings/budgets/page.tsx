import type { Metadata } from 'next'
import { BudgetRequests } from '@/components/budgets/budget-requests'
import { Budgets } from '@/components/budgets/budgets'
import { OwnBudgets } from '@/components/budgets/own-budgets'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor, type PageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { listApiKeys } from '@/lib/api-keys/server'
import { listBudgetRequests } from '@/lib/budgets/requests'
import { listBudgets } from '@/lib/budgets/server'
import { listStandings } from '@/lib/budgets/standing'
import { getTranslations } from '@/lib/i18n/translations'
import { listMembers } from '@/lib/members/server'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('budgets.title') }
}

export default async function BudgetsPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const isAdmin = can(actor, 'manage_budgets')
  const [t, requests, own] = await Promise.all([
    getTranslations('settings'),
    listBudgetRequests(actor),
    listStandings(actor),
  ])
  const shown = { team: actor.teamSlug, canDecide: isAdmin, initial: requests }
  return (
    <>
      <SeenAt place={actor.seenAt} />
      {!isAdmin && <PageHead title={t('budgets.title')} lead={t('budgets.leadOwn')} />}
      {isAdmin && <TeamBudgets actor={actor} />}
      <BudgetRequests {...shown} />
      <OwnBudgets team={actor.teamSlug} initial={own} />
    </>
  )
}

async function TeamBudgets({ actor }: { actor: PageActor }) {
  const [budgets, members, keys] = await Promise.all([
    listBudgets(actor),
    listMembers(actor),
    listApiKeys(actor),
  ])
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name })
  const active = members.items.filter(({ isDisabled }) => !isDisabled)
  const subjects = { members: active.map(named), keys: keys.items.map(named) }
  return <Budgets team={actor.teamSlug} subjects={subjects} initial={budgets} />
}
