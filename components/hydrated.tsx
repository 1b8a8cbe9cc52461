'use client'
import {
  HydrationBoundary,
  useQueryClient,
  type DehydratedState,
  type InfiniteData,
  type Query,
} from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'

/**
 * Hands the page's queries what the server has read. It reads the first page of a list alone: where the page is drawn again
 * around a list that has come further, the list keeps its pages, and is told of what changed like any other time.
 */
export function Hydrated({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const client = useQueryClient()
  const read = useMemo(() => {
    const isNews = ({ queryHash }: { queryHash: string }) =>
      !hasComeFurther(client.getQueryCache().get<InfiniteData<unknown>>(queryHash))
    return { ...state, queries: state.queries.filter(isNews) }
  }, [client, state])
  return <HydrationBoundary state={read}>{children}</HydrationBoundary>
}

const hasComeFurther = (query: Query<InfiniteData<unknown>> | undefined) =>
  query?.isActive() === true && (query.state.data?.pages?.length ?? 0) > 1
