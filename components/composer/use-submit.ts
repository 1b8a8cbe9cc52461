'use client'
import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { useFailureSentence } from '@/components/composer/use-failure-sentence'
import { showToast } from '@/components/ui/toast'
import { creditQueries } from '@/lib/credits/client'
import { problemOf, toRequest } from '@/lib/drafts/request'
import { canSendAgain, isOfAnother, type Failure, type Outgoing } from '@/lib/drafts/store'
import { newIdempotencyKey, showGeneration, submitGeneration } from '@/lib/generations/client'
import { ApiError } from '@/lib/platform/api-client'
import { shorten } from '@/lib/text/letters'

const SAID_MAX = 80

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
    if (!navigator.onLine) return fail({ code: 'offline_before', status: 0, outgoing: again })
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
    if (store.isShown()) window.scrollTo({ top: 0 }) // where its tile stands
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

  /** Says so below the form; by a toast once another page is open, or where another prompt is written that it says nothing of. */
  function fail(failure: Failure): void {
    const { outgoing } = failure
    const isPast = isOfAnother(failure, store.get().draft) && !canSendAgain(failure)
    if (store.isShown() && !isPast) return store.fail(failure)
    const action = outgoing &&
      canSendAgain(failure) && { label: t('again'), onAct: () => void submit(outgoing) }
    const text = outgoing && shorten(outgoing.draft.prompt, SAID_MAX)
    showToast({ title: sentenceOf(failure), text, action: action || undefined, isUrgent: true })
  }

  return { draft, problem, canSubmit, submit }
}
