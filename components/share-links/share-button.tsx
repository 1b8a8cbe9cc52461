'use client'
import { Share2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button, type ButtonLook } from '@/components/ui/button'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const load = () => import('@/components/share-links/share-dialog')
const ShareDialog = lazy(async () => ({ default: (await load()).ShareDialog }))

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
      <Button {...look} onClick={() => setOpen(true)} onPointerEnter={load} onFocus={load}>
        <Share2 aria-hidden className="size-4" />
        {t('dialog.open')}
      </Button>
      {isOpen && (
        <Suspense>
          <ShareDialog team={team} target={target} isOpen onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
