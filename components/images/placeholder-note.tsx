import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { creditQueries } from '@/lib/credits/client'
import { drawsSubject } from '@/sandbox/painter/scene'

/** Says of an image of the sandbox that its prompt names nothing the sandbox can show. Load it on demand. */
export function PlaceholderNote({ team, prompt }: { team: string; prompt: string }) {
  const t = useTranslations('actions')
  const { data } = useQuery(creditQueries.current(team))
  if (data?.upstream !== 'sandbox' || drawsSubject(prompt)) return null
  return <p className="mt-2 rounded-m bg-field px-3 py-2 text-13 text-text-2">{t('placeholder')}</p>
}
