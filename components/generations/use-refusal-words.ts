import { useTranslations } from 'use-intl/react'
import type { Generation } from '@/lib/generations/schema'
import { isRefusalCode, meaningOf, sentenceValues } from '@/lib/upstream/flamel/refusals'

const OURS = [
  'generation_failed',
  'upstream_unreachable',
  'no_space',
  'key_removed',
  'key_unreadable',
] as const

/** The words for a code: a refusal, an end that the Studio names, or one that a person settled. */
export function useRefusalWords({ error, resolution }: Generation) {
  const refusals = useTranslations('refusals')
  const settled = useTranslations('generations.settledUnknown')
  const code = error?.code ?? ''
  if (code === 'generation_unknown') {
    const cause = settled('cause', { resolution: resolution ?? 'not_charged' })
    return { title: settled('title'), cause, next: settled('next'), meaning: null }
  }
  const own = OURS.find((one) => one === code)
  const known = own ?? (isRefusalCode(code) ? code : 'unlisted')
  return {
    title: refusals(`${known}.title`),
    cause: refusals(`${known}.cause`, sentenceValues(error?.parameter)),
    next: refusals(`${known}.next`),
    meaning: meaningOf(code),
  }
}
