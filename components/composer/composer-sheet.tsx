import { useTranslations } from 'use-intl/react'
import { ComposerFields, ComposerFoot } from '@/components/composer/composer'
import { Dialog } from '@/components/ui/dialog'

/** The whole form as a sheet from the bottom of a phone. */
export function ComposerSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('create')
  return (
    <Dialog title={t('title')} isOpen onClose={onClose} footer={<ComposerFoot />}>
      <div className="grid gap-[18px] pb-2">
        <ComposerFields />
      </div>
    </Dialog>
  )
}
