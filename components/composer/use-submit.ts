'use client'
import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { useFailureSentence } from '@/components/composer/use-failure-sentence'
import { showToast } from '@/components/ui/toast'
import { creditQueries } from '@/lib/credits/client'
import { problemOf, toRequest } from '@/lib/drafts/request'
import type { Failure, Outgoing } from '@/lib/drafts/store'
import { newIdempotencyKey, showGeneration, submitGeneration } from '@/lib/generations/client'
import { ApiError } from '@/lib/platform/api-client'

/** The submit button's side of things: whether it may be pressed, and what a press does. */
export function useSubmit() {
  const t = useTranslations('create.submit')
  const client = useQueryClient()
  const { store, team, person } = useComposer()
  const draft = useComposed((state) => state.draft)
  const sentenceOf = useFailureSentence()
  const problem = problemOf(draft)
  const canSubmit = person.canGenerate && problem === null

  /** Sends what stands in the form, or `again` what did not get through, under the same key. */
  async function submit(again?: Outgoing): Promise<void> {
    const sent = again?.draft ?? store.get().draft
    if (!person.canGenerate || problemOf(sent) !== null) return
    if (!navigator.onLine) return again ? undefined : fail({ code: 'offline_before', status: 0 })
    const body = toRequest(sent)
    const now = new Date()
    const outgoing = store.begin(JSON.stringify(body), {
      at: now.getTime(),
      iso: now.toISOString(),
      mint: () => again?.idempotencyKey ?? newIdempotencyKey(),
      draft: sent,
    })
    if (!outgoing) return
    const { idempotencyKey } = outgoing
    store.setSheet(false)
    window.scrollTo({ top: 0 }) // where its tile stands
    try {
      const isPrivate = sent.isPrivate ?? undefined
      const generation = await submitGeneration(team, { body, idempotencyKey, isPrivate })
      showGeneration(client, team, { generation, belongs: () => true })
      // the lists draw what they were given in a task of its own: the tile that stands in goes with that one
      notifyManager.schedule(() => store.end(idempotencyKey, { isAnswered: true }))
      void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    } catch (error) {
      const { status, code } = error instanceof ApiError ? error : { status: 500, code: 'other' }
      store.end(idempotencyKey, { isAnswered: status >= 400 && status < 500 })
      fail({ status, code, outgoing })
      if (code === 'budget_exceeded') void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    }
  }

  /** Says so below the form, or, once another page is open, there. */
  function fail(failure: Failure): void {
    store.fail(failure)
    if (store.isShown()) return
    const { outgoing } = failure
    const action = outgoing &&
      canSendAgain(failure) && { label: t('again'), onAct: () => void submit(outgoing) }
    showToast({ title: sentenceOf(failure), action: action || undefined, isUrgent: true })
  }

  return { draft, problem, canSubmit, submit }
}

/** Whether nobody said no: the same request under the same key is made once. */
export const canSendAgain = ({ status }: Failure) => status === 0 || status >= 500
