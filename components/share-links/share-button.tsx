'use client'
import { Share2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button, type ButtonLook } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const load = () => import('@/components/share-links/share-dialog').then((module) => module.ShareDialog)
const ShareDialog = onDemand(load)
const preload = () => void load().catch(() => undefined) // the press tries again

/** Opens the share dialog for a target; its code comes when somebody goes for it. Needs the `share` sentences. */
export function ShareButton({
  team,
  target,
  ...look
}: { team: string; target: ShareLinkTarget } & ButtonLook) {
  const t = useTranslations('share')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button {...look} onClick={() => setOpen(true)} onPointerEnter={preload} onFocus={preload}>
        <Share2 aria-hidden className="size-4" />
        {t('dialog.open')}
      </Button>
      {isOpen && <ShareDialog team={team} target={target} isOpen onClose={() => setOpen(false)} />}
    </>
  )
}
