import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import { changeQueries, cursorPages } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'
import type {
  Described,
  DescribeInput,
  Enhanced,
  EnhanceInput,
  PromptHistoryPage,
  PromptTemplate,
  PromptTemplateInput,
  PromptTemplateList,
} from '@/lib/prompts/schema'

export const enhance = (team: string, input: EnhanceInput) =>
  api.post<Enhanced>('/api/v1/prompts/enhance', input, { team })

export const describe = (team: string, input: DescribeInput) =>
  api.post<Described>('/api/v1/prompts/describe', input, { team })

export const promptQueries = {
  /** What the person sent in this team, newest first, each prompt once; `q` is words of it. */
  history: (team: string, q: string) =>
    infiniteQueryOptions({
      queryKey: [...teamKey('prompt-history', team), q] as const,
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams({ ...(q && { q }), ...(pageParam && { cursor: pageParam }) })
        return api.get<PromptHistoryPage>(`/api/v1/prompts/history?${query}`, { team, signal })
      },
      ...cursorPages,
    }),
  /** The team's templates, the most used first. */
  templates: (team: string) =>
    queryOptions({
      queryKey: teamKey('prompt-templates', team),
      queryFn: ({ signal }) => api.get<PromptTemplateList>('/api/v1/prompt-templates', { team, signal }),
    }),
}

/** The latest prompts that the person sent, for a browser that has not seen them sent. */
export const latestPrompts = async (team: string, limit: number): Promise<string[]> => {
  const { items } = await api.get<PromptHistoryPage>(`/api/v1/prompts/history?limit=${limit}`, { team })
  return items.map(({ prompt }) => prompt)
}

type Items = PromptTemplateList['items']

/** Changes the loaded list, which stands there again as soon as a form is closed. */
function useChangeTemplates(team: string) {
  const client = useQueryClient()
  return (change: (items: Items) => Items) =>
    changeQueries<PromptTemplateList>(client, promptQueries.templates(team).queryKey, (list) => ({
      ...list,
      items: change(list.items),
    }))
}

/** Adds a template, or changes one by id. */
export function useSaveTemplate(team: string) {
  const changeTemplates = useChangeTemplates(team)
  return useMutation({
    mutationFn: ({ id, ...input }: { id?: string } & PromptTemplateInput) =>
      id
        ? api.patch<PromptTemplate>(`/api/v1/prompt-templates/${id}`, input, { team })
        : api.post<PromptTemplate>('/api/v1/prompt-templates', input, { team }),
    onSuccess: (saved) =>
      changeTemplates((items) =>
        items.some(({ id }) => id === saved.id)
          ? items.map((item) => (item.id === saved.id ? saved : item))
          : [saved, ...items],
      ),
    meta: { invalidates: [teamKey('prompt-templates', team)] },
  })
}

export function useDeleteTemplate(team: string) {
  const changeTemplates = useChangeTemplates(team)
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/v1/prompt-templates/${id}`, { team }),
    onSuccess: (_answer, gone) => changeTemplates((items) => items.filter(({ id }) => id !== gone)),
    meta: { invalidates: [teamKey('prompt-templates', team)] },
  })
}

/** Counts a use; a count that is lost changes nothing for the person. */
export const countTemplateUse = (team: string, id: string): Promise<unknown> =>
  api.post(`/api/v1/prompt-templates/${id}/uses`, undefined, { team }).catch(() => undefined)
