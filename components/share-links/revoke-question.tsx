'use client'
import { useTranslations } from 'use-intl/react'
import { Confirm } from '@/components/ui/confirm'

type RevokeQuestionProps = { onRevoke: () => Promise<unknown>; onClose: () => void }

/** Asks before a share link ends, wherever that is done: its address never works again. */
export function RevokeQuestion({ onRevoke, onClose }: RevokeQuestionProps) {
  const t = useTranslations('share')
  return (
    <Confirm
      title={t('dialog.revokeTitle')}
      lead={t('dialog.revokeLead')}
      action={t('dialog.revoke')}
      onAct={onRevoke}
      onClose={onClose}
    />
  )
}
