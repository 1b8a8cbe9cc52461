import 'server-only'
import { budgetChanged } from '@/lib/budgets/server'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'

type Member = { teamId: string; userId: string }

/** The budgets that are a member's own, or one of these keys'. A role's and the team's are nobody's own. */
export const budgetsHeldBy = ({ teamId, userId }: Member, keyIds: string[]) => ({
  teamId,
  removedAt: null,
  OR: [
    { scope: 'member' as const, subject: userId },
    { scope: 'key' as const, subject: { in: keyIds } },
  ],
})

/** Ends what a member who goes had for themselves: their budgets, and their requests for more that wait. */
export async function endBudgetsOf(tx: Tx, member: Member, keyIds: string[]): Promise<void> {
  const budgets = await tx.budget.updateManyAndReturn({
    where: budgetsHeldBy(member, keyIds),
    data: { removedAt: new Date() },
    select: { id: true },
  })
  const requests = await tx.budgetRequest.deleteMany({
    where: { teamId: member.teamId, askerId: member.userId, answer: 'open' },
  })
  if (budgets.length + requests.count > 0) await publish(tx, budgetChanged(member.teamId, member.userId))
}
