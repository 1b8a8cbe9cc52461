import { queryOptions, useMutation } from '@tanstack/react-query'
import type {
  Budget,
  BudgetInput,
  BudgetList,
  BudgetRequest,
  BudgetRequestList,
  Decision,
} from '@/lib/budgets/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const budgetQueries = {
  all: (team: string) => teamKey('budgets', team),
  /** Every budget of the team, for its admins. */
  list: (team: string) =>
    queryOptions({
      queryKey: [...budgetQueries.all(team), 'list'] as const,
      queryFn: ({ signal }) => api.get<BudgetList>('/api/v1/budgets', { team, signal }),
    }),
  /** Who asks for more: of everybody for admins, else one's own. */
  requests: (team: string) =>
    queryOptions({
      queryKey: [...budgetQueries.all(team), 'requests'] as const,
      queryFn: ({ signal }) => api.get<BudgetRequestList>('/api/v1/budget-requests', { team, signal }),
    }),
}

const staleAfter = (team: string) => ({
  invalidates: [budgetQueries.all(team), teamKey('credits', team), teamKey('audit', team)],
})

export function useSetBudget(team: string) {
  return useMutation({
    mutationFn: (input: BudgetInput) => api.put<BudgetList>('/api/v1/budgets', input, { team }),
    meta: staleAfter(team),
  })
}

export function useRemoveBudget(team: string) {
  return useMutation({
    mutationFn: ({ id }: Pick<Budget, 'id'>) => api.delete(`/api/v1/budgets/${id}`, { team }),
    meta: staleAfter(team),
  })
}

export function useSetTimeZone(team: string) {
  return useMutation({
    scope: { id: `time zone of ${team}` }, // one after the other: the last choice counts
    mutationFn: (timeZone: string) =>
      api.put<BudgetList>('/api/v1/budgets/time-zone', { timeZone }, { team }),
    meta: staleAfter(team),
  })
}

export function useAskForMore(team: string) {
  return useMutation({
    mutationFn: (input: { budgetId: string; note: string }) =>
      api.post<BudgetRequest>('/api/v1/budget-requests', input, { team }),
    meta: staleAfter(team),
  })
}

export function useDecide(team: string) {
  return useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      api.post<BudgetRequest>(`/api/v1/budget-requests/${id}/decision`, decision, { team }),
    meta: staleAfter(team),
  })
}
