'use client'
import { ArrowDownToLine, CornerDownLeft, Heart, Link2, Trash2, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import type { Selection } from '@/components/gallery/use-selection'
import { ReuseMenu } from '@/components/images/image-menus'
import { save } from '@/components/images/use-image-actions'
import { canChange, canGenerate, canMark, canShare, type Viewer } from '@/components/images/viewer'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { onDemand } from '@/components/ui/on-demand'
import type { Marking } from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { IMAGES_SHOWN } from '@/lib/share-links/limits'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
)
const BETWEEN_DOWNLOADS_MS = 400

type SelectionBarProps = {
  team: string
  viewer: Viewer
  selection: Selection
  onMark: (marking: Marking) => void
  onTrash: (ids: string[]) => void
}

/** What can be done with all that is picked. */
export function SelectionBar({ team, viewer, selection, onMark, onTrash }: SelectionBarProps) {
  const t = useTranslations('gallery')
  const [target, setTarget] = useState<ShareLinkTarget | null>(null)
  const { picked, end } = selection
  const count = picked.length
  const ids = picked.map(({ id }) => id)
  const favourite = !picked.every((image) => image.favourite)
  const whole = picked.filter((image) => image.state === 'completed' && !image.blurReason)
  const blurred = picked.filter((image) => image.blurReason).length
  const shared = targetOf(whole, viewer)
  const only = count === 1 ? whole[0] : undefined
  const isTrashable = picked.some((image) => canChange(viewer, image.maker.id))
  return (
    <section
      aria-label={t('selection.label')}
      className="fixed bottom-6 left-1/2 z-30 flex h-14 -translate-x-1/2 items-center gap-0.5 rounded-l bg-overlay px-2 whitespace-nowrap shadow-lift phone:inset-x-0 phone:bottom-0 phone:h-auto phone:translate-x-0 phone:flex-wrap phone:rounded-b-none phone:pb-3"
    >
      <IconButton label={t('selection.done')} tip="none" onClick={end}>
        <X className="size-[18px]" />
      </IconButton>
      <span role="status" className="px-2 font-semibold phone:flex-1 phone:py-3.5">
        {count === 0 ? t('selection.hint') : t('selection.count', { count })}
        {blurred > 0 && (
          <span className="font-normal text-text-3"> · {t('selection.blurred', { count: blurred })}</span>
        )}
      </span>
      <div className="contents phone:grid phone:basis-full phone:auto-cols-fr phone:grid-flow-col">
        {canMark(viewer) && (
          <Act
            label={t(favourite ? 'selection.favourite' : 'selection.unfavourite')}
            icon={<Heart aria-hidden className="size-[18px]" />}
            isDisabled={count === 0}
            onAct={() => onMark({ ids, favourite })}
          />
        )}
        {only && canGenerate(viewer) && (
          <ReuseMenu
            team={team}
            image={only}
            trigger={
              <Button tone="ghost" className={ACT}>
                <CornerDownLeft aria-hidden className="size-[18px]" />
                {t('selection.reuse')}
              </Button>
            }
          />
        )}
        <Act
          label={t('selection.download')}
          icon={<ArrowDownToLine aria-hidden className="size-[18px]" />}
          isDisabled={whole.length === 0}
          onAct={() => saveAll(whole)}
        />
        {canMark(viewer) && (
          <>
            <Act
              label={t('selection.trash')}
              icon={<Trash2 aria-hidden className="size-[18px]" />}
              isDisabled={!isTrashable}
              onAct={() => onTrash(ids)}
            />
            <Act
              label={t('selection.share')}
              icon={<Link2 aria-hidden className="size-[18px]" />}
              isDisabled={!shared}
              hint={count > 0 && !shared ? t('selection.shareHint') : undefined}
              onAct={() => setTarget(shared)}
            />
          </>
        )}
      </div>
      {target && (
        <ShareDialog team={team} target={target} leftOut={blurred} isOpen onClose={() => setTarget(null)} />
      )}
    </section>
  )
}

const ACT = 'phone:h-14! phone:flex-col phone:gap-1 phone:px-0 phone:text-11'

type ActProps = { label: string; icon: ReactNode; isDisabled: boolean; hint?: string; onAct: () => void }

function Act({ label, icon, isDisabled, hint, onAct }: ActProps) {
  return (
    <Button tone="ghost" disabled={isDisabled} title={hint} onClick={onAct} className={ACT}>
      {icon}
      {label}
    </Button>
  )
}

/** A link to exactly what is picked. */
function targetOf(images: readonly Image[], viewer: Viewer): ShareLinkTarget | null {
  const [first] = images
  if (!first || !images.every((image) => !image.private && canShare(viewer, image.maker.id))) return null
  if (images.length === 1) return { kind: 'image', id: first.id }
  if (images.length > IMAGES_SHOWN) return null
  return { kind: 'selection', ids: images.map(({ id }) => id) }
}

/** One after the other: browsers drop downloads that begin at the same moment. */
function saveAll(images: readonly Image[]): void {
  for (const [place, image] of images.entries()) setTimeout(() => save(image), place * BETWEEN_DOWNLOADS_MS)
}
