import { randomUUID } from 'node:crypto'
import type { Row, Thing } from '@/e2e/support/authorization'
import { db } from '@/lib/platform/db'

const see = { least: 'viewer', scope: 'read', ok: 200 } as const
const make = { least: 'member', scope: 'generate', ok: 200 } as const
const administer = { least: 'admin', scope: 'manage', ok: 200 } as const

const teamBudget = { scope: { kind: 'team' }, unit: 'images', window: 'day', limit: 1e6 }

const budget: Thing = async (team) => {
  const data = {
    teamId: team.id,
    scope: 'key',
    subject: randomUUID(),
    unit: 'images',
    window: 'day',
  } as const
  return (await db().budget.create({ data: { ...data, limit: 5 }, select: { id: true } })).id
}

/** One that what anybody of the team generates counts in, and that nobody has asked for. */
const wholeTeamBudget: Thing = async ({ id: teamId }) => {
  const key = { teamId, scope: 'team', subject: teamId, unit: 'credits', window: 'month' } as const
  const where = { teamId_scope_subject_unit_window: key }
  await db().budgetRequest.deleteMany({ where: { teamId } })
  return (await db().budget.upsert({ where, create: { ...key, limit: 1e6 }, update: {} })).id
}

const budgetRequest: Thing = async (team, askerId) => {
  const data = { teamId: team.id, askerId, subjectId: askerId, budgetId: await budget(team, askerId) }
  return (await db().budgetRequest.create({ data, select: { id: true } })).id
}

/** Who may see, set and ask for budgets. */
export const budgetRows: Row[] = [
  { route: 'GET /api/v1/budgets', ...administer },
  { route: 'PUT /api/v1/budgets', ...administer, body: () => teamBudget },
  { route: 'DELETE /api/v1/budgets/[id]', ...administer, ok: 204, thing: budget },
  { route: 'PUT /api/v1/budgets/time-zone', ...administer, body: () => ({ timeZone: 'Asia/Seoul' }) },
  { route: 'GET /api/v1/budget-requests', ...see },
  {
    route: 'POST /api/v1/budget-requests',
    ...make,
    ok: 201,
    body: (id) => ({ budgetId: id }),
    thing: wholeTeamBudget,
  },
  { route: 'GET /api/v1/budget-requests/[id]', ...see, isOwn: true, thing: budgetRequest },
  {
    route: 'POST /api/v1/budget-requests/[id]/decision',
    ...administer,
    thing: budgetRequest,
    body: () => ({ answer: 'granted', amount: 5 }),
  },
]
