import { ArrowDownToLine, Heart, Info, Trash2, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { DownloadMenu } from '@/components/images/image-menus'
import type { ImageActions } from '@/components/images/use-image-actions'
import type { Zoom } from '@/components/images/use-zoom'
import { IconButton } from '@/components/ui/icon-button'

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
export function LightboxBar({ zoom, actions, hasInfo, onInfo, onGoToInfo, onClose }: LightboxBarProps) {
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
