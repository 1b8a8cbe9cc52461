import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'
import type { MailTest, Sandbox, SandboxInput, System } from '@/lib/system/schema'

/** While a studio of several servers is upgraded, one of the release before may answer, which lists no processes. */
type Answer = Omit<System, 'nodes'> & Partial<System>
const complete = (answer: Answer): System => ({ ...answer, nodes: answer.nodes ?? [] })

export const systemQueries = {
  current: (team: string) =>
    queryOptions({
      queryKey: [...teamKey('credits', team), 'system'],
      queryFn: async ({ signal }) => complete(await api.get<Answer>('/api/v1/system', { team, signal })),
      refetchInterval: 15_000,
    }),
  sandbox: (team: string) =>
    queryOptions({
      queryKey: teamKey('sandbox', team),
      queryFn: ({ signal }) => api.get<Sandbox>('/api/v1/system/sandbox', { team, signal }),
    }),
}

/** Asks upstream whether the key works. */
export const checkKey = async (team: string) =>
  complete(await api.post<Answer>('/api/v1/system/key-check', undefined, { team }))

/** Sends a test mail to oneself. */
export const sendTestMail = (team: string) =>
  api.post<MailTest>('/api/v1/system/mail-test', undefined, { team })

export const updateSandbox = (team: string, input: SandboxInput) =>
  api.patch<Sandbox>('/api/v1/system/sandbox', input, { team })

export const resetSandbox = (team: string) => api.delete<Sandbox>('/api/v1/system/sandbox', { team })
