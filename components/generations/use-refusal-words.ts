import { useTranslations } from 'use-intl/react'
import type { Generation } from '@/lib/generations/schema'
import { isExplainedCode, meaningOf, sentenceValues } from '@/lib/upstream/error-codes'

/** The words for a code: a refusal, an end that the Studio names, or one that a person settled. */
export function useRefusalWords({ error, resolution }: Generation) {
  const refusals = useTranslations('refusals')
  const settled = useTranslations('generations.settledUnknown')
  const code = error?.code ?? ''
  if (code === 'generation_unknown') {
    const cause = settled('cause', { resolution: resolution ?? 'not_charged' })
    return { title: settled('title'), cause, next: settled('next'), meaning: null }
  }
  const known = isExplainedCode(code) ? code : 'unlisted'
  return {
    title: refusals(`${known}.title`),
    cause: refusals(`${known}.cause`, sentenceValues(error?.parameter)),
    next: refusals(`${known}.next`),
    meaning: meaningOf(code),
  }
}
