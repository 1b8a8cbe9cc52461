'use client'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { showToast } from '@/components/ui/toast'
import { creditQueries } from '@/lib/credits/client'
import { requestOf, type Run } from '@/lib/drafts/run'
import {
  generationQueries,
  newIdempotencyKey,
  showGeneration,
  submitGeneration,
  useCancelGeneration,
} from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import type { CreateImageBody } from '@/lib/upstream/flamel/contract'

/** Two presses of one button in this time are one. */
const DOUBLE_PRESS_MS = 500
let latest = { body: '', at: -Infinity }

/** Generates from something that is there, at once: says that it began, and offers to take it back as long as it waits. */
export function useRun(team: string) {
  const t = useTranslations('actions')
  const c = useTranslations('common')
  const client = useQueryClient()
  const cancel = useCancelGeneration(team)

  function undo({ id }: Generation): void {
    void cancel.mutateAsync(id).then(
      () => showToast({ title: t('undone') }),
      () => showToast({ title: t('tooLate') }),
    )
  }

  async function send(body: CreateImageBody, idempotencyKey: string): Promise<void> {
    const again = { label: t('tryAgain'), onAct: () => void send(body, idempotencyKey) }
    if (!navigator.onLine) return void showToast({ title: t('offline'), action: again, isUrgent: true })
    try {
      const generation = await submitGeneration(team, { body, idempotencyKey })
      await showGeneration(client, team, { generation, belongs: () => true })
      showToast({
        title: t('started', { count: generation.sample }),
        action: waits(client, team, generation)
          ? { label: c('undo'), onAct: () => undo(generation) }
          : undefined,
      })
      void client.invalidateQueries({ queryKey: creditQueries.all(team) })
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 500
      const title = status === 0 ? t('unanswered') : c(errorKey(error))
      showToast({ title, action: status === 0 || status >= 500 ? again : undefined, isUrgent: true })
    }
  }

  return async (run: Run, from: Generation | Pick<Image, 'generationId'>): Promise<void> => {
    const generation = await find(client, team, from).catch((error: unknown) => {
      showToast({ title: c(errorKey(error)), isUrgent: true })
    })
    if (!generation) return
    const body = requestOf(run, generation)
    const press = { body: JSON.stringify(body), at: performance.now() }
    const isSecond = latest.body === press.body && press.at - latest.at < DOUBLE_PRESS_MS
    latest = press
    if (!isSecond) await send(body, newIdempotencyKey())
  }
}

/** The generation itself, or the one that an image is of. */
async function find(
  client: QueryClient,
  team: string,
  from: Generation | Pick<Image, 'generationId'>,
): Promise<Generation> {
  if (!('generationId' in from)) return from
  return client.ensureQueryData(generationQueries.one(team, from.generationId))
}

/** Whether others are before it: what has a free slot is on its way before anybody could press a button. */
function waits(client: QueryClient, team: string, { status, queuePosition = 0 }: Generation): boolean {
  const slots = client.getQueryData(creditQueries.current(team).queryKey)?.slots
  return status === 'queued' && slots !== undefined && queuePosition > slots.total - slots.inUse
}

/** A name with what the run will cost, as far as the latest run of as many images tells. */
export function usePriced(team: string) {
  const t = useTranslations('actions')
  const { data } = useQuery(creditQueries.current(team))
  const priceOf = (sample: number) => {
    const credits = data?.prices.find((price) => price.sample === sample)?.credits
    return credits === undefined ? undefined : t('price', { credits })
  }
  return {
    priceOf,
    priced: (name: string, sample: number) => {
      const price = priceOf(sample)
      return price ? t('priced', { name, price }) : name
    },
  }
}
