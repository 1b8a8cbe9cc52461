import { useTranslations } from 'use-intl/react'
import type { Failure } from '@/lib/drafts/store'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** Why a submit did not get through, in the reader's words. */
export function useFailureSentence() {
  const t = useTranslations('create.submit')
  const c = useTranslations('common')
  return ({ status, code }: Failure): string => {
    if (code === 'offline_before') return t('offline')
    if (status === 0) return t('unanswered')
    if (status === 401) return t('ended')
    if (status === 404) return t('source')
    return c(errorKey(new ApiError(status, { code })))
  }
}
