'use client'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { showToast } from '@/components/ui/toast'
import { usePublishGeneration } from '@/lib/generations/client'
import type { Image } from '@/lib/images/schema'
import { errorKey } from '@/lib/platform/api-client'

type Props = { team: string; image: Image; canPublish: boolean }

/** Says that the team does not see an image, and shows the whole generation to it. */
export function PrivateNote({ team, image, canPublish }: Props) {
  const t = useTranslations('image')
  const c = useTranslations('common')
  const publish = usePublishGeneration(team)
  const tell = (error: Error) => showToast({ title: c(errorKey(error)), isUrgent: true })
  return (
    <div className="mb-4 grid justify-items-start gap-2.5 rounded-m bg-field p-3">
      <p className="text-13 text-text-2">{t('private')}</p>
      {canPublish && (
        <Button
          size="s"
          isBusy={publish.isPending}
          onClick={() => publish.mutate(image.generationId, { onError: tell })}
        >
          {t('publish')}
        </Button>
      )}
    </div>
  )
}
