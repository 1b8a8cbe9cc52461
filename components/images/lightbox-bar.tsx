import {
  ArrowDownToLine,
  CornerDownLeft,
  Heart,
  Info,
  Link2,
  RotateCcw,
  Shuffle,
  Trash2,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { usePriced, useRun } from '@/components/generations/use-run'
import { DownloadMenu, ReuseMenu } from '@/components/images/image-menus'
import type { ImageActions } from '@/components/images/use-image-actions'
import type { Zoom } from '@/components/images/use-zoom'
import { IconButton } from '@/components/ui/icon-button'
import type { Image } from '@/lib/images/schema'

type LightboxBarProps = {
  team: string
  zoom: Zoom
  actions: ImageActions
  hasInfo: boolean
  onInfo: () => void
  /** On phones the details stand below the image. */
  onGoToInfo: () => void
  onClose: () => void
}

/** Close, zoom, and what people do most with an image. */
export function LightboxBar({ team, zoom, actions, hasInfo, onInfo, onGoToInfo, onClose }: LightboxBarProps) {
  const t = useTranslations('image')
  const { image } = actions
  return (
    <div className="sticky top-0 z-10 flex h-(--bar-height) items-center gap-1 bg-stage px-2">
      <IconButton label={t('close')} onClick={onClose}>
        <X className="size-5" />
      </IconButton>
      <div className="ml-auto flex items-center gap-1 phone:gap-2">
        {actions.mark && (
          <IconButton
            label={image?.favourite ? t('unfavourite') : t('favourite')}
            isOn={image?.favourite}
            onClick={actions.mark}
          >
            <Heart className="size-5" fill={image?.favourite ? 'currentColor' : 'none'} />
          </IconButton>
        )}
        <DeskActions team={team} actions={actions} />
        {actions.canDownload && image && (
          <DownloadMenu
            image={image}
            trigger={
              <IconButton label={t('download')} tip="none">
                <ArrowDownToLine className="size-5" />
              </IconButton>
            }
          />
        )}
        {actions.trash && (
          // the second click of a double one would take the next image
          <IconButton label={t('trash')} onClick={({ detail }) => detail < 2 && actions.trash?.()}>
            <Trash2 className="size-5" />
          </IconButton>
        )}
        <IconButton
          label={zoom.isZoomed ? t('fit') : t('zoomIn')}
          onClick={zoom.isZoomed ? zoom.reset : zoom.more}
        >
          {zoom.isZoomed ? <ZoomOut className="size-5" /> : <ZoomIn className="size-5" />}
        </IconButton>
        <IconButton label={t('info')} isOn={hasInfo} onClick={onInfo} className="phone:hidden">
          <Info className="size-5" />
        </IconButton>
        <IconButton label={t('info')} onClick={onGoToInfo} tip="none" className="desk:hidden">
          <Info className="size-5" />
        </IconButton>
      </div>
    </div>
  )
}

/** On phones these stand below the image. */
function DeskActions({ team, actions }: Pick<LightboxBarProps, 'team' | 'actions'>) {
  const t = useTranslations('image')
  const { image, canReuse, restore, share } = actions
  return (
    <div className="flex gap-1 phone:hidden">
      {canReuse && image && image.imageId !== null && <VaryButton team={team} image={image} />}
      {canReuse && image && (
        <ReuseMenu
          team={team}
          image={image}
          trigger={
            <IconButton label={t('reuse')} tip="none">
              <CornerDownLeft className="size-5" />
            </IconButton>
          }
        />
      )}
      {restore && (
        <IconButton label={t('restore')} onClick={restore}>
          <RotateCcw className="size-5" />
        </IconButton>
      )}
      {share && (
        <IconButton label={t('share')} onClick={() => share('image')}>
          <Link2 className="size-5" />
        </IconButton>
      )}
      {canReuse && !share && (
        // says why, where somebody would look for it
        <IconButton
          label={t(image?.private ? 'sharePrivate' : 'shareNot')}
          aria-disabled
          className="opacity-40 hover:bg-transparent"
        >
          <Link2 className="size-5" />
        </IconButton>
      )}
    </div>
  )
}

function VaryButton({ team, image }: { team: string; image: Image }) {
  const t = useTranslations('actions')
  const run = useRun(team)
  const { priced } = usePriced(team)
  return (
    <IconButton
      label={priced(t('vary'), image.sample)}
      onClick={() => void run({ kind: 'vary', image }, image)}
    >
      <Shuffle className="size-5" />
    </IconButton>
  )
}
