'use client'
import { useTranslations } from 'use-intl/react'
import { showToast } from '@/components/ui/toast'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** Says in a toast why something in a list did not work; `sentences` has what this place knows better. */
export function useProblemToast(sentences: Record<string, string> = {}) {
  const t = useTranslations('common')
  return (error: unknown) => {
    const own = error instanceof ApiError ? sentences[error.code] : undefined
    showToast({ title: own ?? t(errorKey(error)), isUrgent: true })
  }
}
