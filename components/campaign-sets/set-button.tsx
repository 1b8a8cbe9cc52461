'use client'
import { Grid2x2Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import type { Sent } from '@/components/campaign-sets/set-dialog'
import type { Kept } from '@/components/campaign-sets/use-plan'
import { useComposer } from '@/components/composer/composer-context'
import { IconButton } from '@/components/ui/icon-button'
import { onDemand } from '@/components/ui/on-demand'

const SetDialog = onDemand(() =>
  import('@/components/campaign-sets/set-dialog').then((module) => module.SetDialog),
)

/** Beside the button for one request: the way to many. */
export function SetButton() {
  const t = useTranslations('sets')
  const { person } = useComposer()
  const [isOpen, setOpen] = useState(false)
  const [kept, setKept] = useState<Kept>(null)
  const sentRef: Sent = useRef(null)
  return (
    <>
      <IconButton
        label={t('open')}
        tip="top-end"
        aria-haspopup="dialog"
        disabled={!person.canGenerate}
        onClick={() => setOpen(true)}
        className="size-12 bg-field edge-2"
      >
        <Grid2x2Plus aria-hidden className="size-[18px]" />
      </IconButton>
      {isOpen && <SetDialog kept={kept} onKeep={setKept} sentRef={sentRef} onClose={() => setOpen(false)} />}
    </>
  )
}
