'use client'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

type ConfirmProps = {
  title: ReactNode
  lead: ReactNode
  action: string
  onAct: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something that cannot be undone. Stays open while it is done, and when it did not work. */
export function Confirm({ title, lead, action, onAct, onClose }: ConfirmProps) {
  const t = useTranslations('common')
  const [isBusy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    await onAct().then(onClose, () => undefined) // the caller has said what went wrong
    setBusy(false)
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button tone="danger" isBusy={isBusy} onClick={act}>
        {action}
      </Button>
    </>
  )
  return (
    <Dialog isOpen title={title} onClose={onClose} footer={footer}>
      <p className="text-14 leading-[22px] text-text-2">{lead}</p>
    </Dialog>
  )
}
