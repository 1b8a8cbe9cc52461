'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { may } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { buttonClass } from '@/components/ui/button'
import type { Generation } from '@/lib/generations/schema'

/** Flamel's own answer as a file, for admins: there is one where it could not be read whole, or was none of its refusals. */
export function AnswerLink({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.steps')
  const viewer = useViewer()
  const hasAnswer = generation.answerKeptUntil !== undefined || generation.error?.code === 'unlisted'
  if (!hasAnswer || !may(viewer, 'see_system')) return null
  return (
    <a href={`/api/v1/generations/${generation.id}/answer`} download className={buttonClass({ size: 's' })}>
      <Download aria-hidden className="size-4" />
      {t('answer')}
    </a>
  )
}
