'use client'
import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { creditQueries } from '@/lib/credits/client'
import { problemOf, toRequest } from '@/lib/drafts/request'
import { newIdempotencyKey, showGeneration, submitGeneration } from '@/lib/generations/client'
import { ApiError } from '@/lib/platform/api-client'

/** The submit button's side of things: whether it may be pressed, and what a press does. */
export function useSubmit() {
  const client = useQueryClient()
  const { store, team, person } = useComposer()
  const draft = useComposed((state) => state.draft)
  const problem = problemOf(draft)
  const canSubmit = person.canGenerate && problem === null

  async function submit(): Promise<void> {
    const { draft: sent } = store.get()
    if (!person.canGenerate || problemOf(sent) !== null) return
    if (!navigator.onLine) return store.fail({ code: 'offline_before', status: 0 })
    const body = toRequest(sent)
    const now = new Date()
    const idempotencyKey = store.begin(
      JSON.stringify(body),
      { at: now.getTime(), iso: now.toISOString() },
      newIdempotencyKey,
    )
    if (!idempotencyKey) return
    store.setSheet(false)
    window.scrollTo({ top: 0 }) // where its tile stands
    try {
      const generation = await submitGeneration(team, {
        body,
        idempotencyKey,
        isPrivate: sent.isPrivate ?? undefined,
      })
      showGeneration(client, team, { generation, belongs: () => true })
      // the lists draw what they were given in a task of its own: the tile that stands in goes with that one
      notifyManager.schedule(() => store.end(idempotencyKey, { isAnswered: true }))
      void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    } catch (error) {
      const { status, code } = error instanceof ApiError ? error : { status: 500, code: 'other' }
      store.end(idempotencyKey, { isAnswered: status >= 400 && status < 500 })
      store.fail({ status, code })
      if (code === 'budget_exceeded') void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    }
  }

  return { draft, problem, canSubmit, submit }
}
