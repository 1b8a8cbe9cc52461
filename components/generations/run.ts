import type { QueryClient } from '@tanstack/react-query'
import type { useTranslations } from 'use-intl/react'
import { showToast } from '@/components/ui/toast'
import { creditQueries } from '@/lib/credits/client'
import { isDoublePress, NO_PRESS } from '@/lib/drafts/double-press'
import { requestOf, type Run } from '@/lib/drafts/run'
import {
  cancelGeneration,
  generationQueries,
  newIdempotencyKey,
  showGeneration,
  submitGeneration,
  type Submission,
} from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** The page that runs something: where its answers go, and the words for them. */
export type Page = {
  client: QueryClient
  team: string
  t: ReturnType<typeof useTranslations<'actions'>>
  c: ReturnType<typeof useTranslations<'common'>>
}

/** A generation, or an image of one. */
export type From = Generation | Pick<Image, 'generationId'>

let latest = NO_PRESS

/** Generates from something that is there, at once: says that it began, and offers to take it back as long as it waits. */
export async function startRun(page: Page, run: Run, from: From): Promise<void> {
  const generation = await find(page, from).catch((error: unknown) => {
    showToast({ title: page.c(errorKey(error)), isUrgent: true })
  })
  if (!generation) return
  const body = requestOf(run, generation)
  const press = { body: JSON.stringify(body), at: performance.now() }
  const isSecond = isDoublePress(latest, press)
  latest = press
  // what comes of something private is private
  const isPrivate = generation.private || undefined
  if (!isSecond) await send(page, { body, idempotencyKey: newIdempotencyKey(), isPrivate })
}

async function send(page: Page, submission: Submission): Promise<void> {
  const { client, team, t, c } = page
  const again = { label: t('tryAgain'), onAct: () => void send(page, submission) }
  if (!navigator.onLine) return void showToast({ title: t('offline'), action: again, isUrgent: true })
  try {
    const generation = await submitGeneration(team, submission)
    showGeneration(client, team, { generation, belongs: () => true })
    showToast({
      title: t('started', { count: generation.sample }),
      action: waits(page, generation)
        ? { label: c('undo'), onAct: () => void undo(page, generation) }
        : undefined,
    })
    void client.invalidateQueries({ queryKey: creditQueries.all(team) })
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 500
    const title = status === 0 ? t('unanswered') : c(errorKey(error))
    showToast({ title, action: status === 0 || status >= 500 ? again : undefined, isUrgent: true })
  }
}

async function undo({ client, team, t }: Page, { id }: Generation): Promise<void> {
  try {
    const generation = await cancelGeneration(team, id)
    showGeneration(client, team, { generation, belongs: () => false })
    void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    showToast({ title: t('undone') })
  } catch {
    showToast({ title: t('tooLate') })
  }
}

async function find({ client, team }: Page, from: From): Promise<Generation> {
  if (!('generationId' in from)) return from
  return client.fetchQuery(generationQueries.one(team, from.generationId)) // as it is now: it may have been published since
}

/** Whether others are before it: what has a free slot is on its way before anybody could press a button. */
function waits({ client, team }: Page, { status, queuePosition = 0 }: Generation): boolean {
  const slots = client.getQueryData(creditQueries.current(team).queryKey)?.slots
  return status === 'queued' && slots !== undefined && queuePosition > slots.total - slots.inUse
}
