'use client'
import { Ellipsis, Eye, EyeOff, Heart, ImageOff, ImagePlus, Images, Palette, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useStyleWords } from '@/components/styles/style-words'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Link } from '@/components/ui/link'
import { Menu } from '@/components/ui/menu'
import { onDemand } from '@/components/ui/on-demand'
import { Tag } from '@/components/ui/tag'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/platform/api-client'
import { useSaveStyle, useStyleFavourite, useStyleThumbnail } from '@/lib/styles/changes'
import type { Style } from '@/lib/styles/schema'
import { isolate } from '@/lib/text/isolate'

export type StyleAct = 'edit' | 'thumbnail'
type CardProps = {
  team: string
  style: Style
  canEdit: boolean
  canFavour: boolean
  onAct: (act: StyleAct) => void
}

/** One style: its thumbnail, its name and number, the reader's heart, and for admins what can be done with it. */
export function StyleCard({ team, style, canEdit, canFavour, onAct }: CardProps) {
  const t = useTranslations('styles')
  const words = useStyleWords()
  const name = isolate(words.name(style))
  return (
    <li className="group min-w-0">
      <div
        className={cn(
          'relative overflow-hidden rounded-m bg-skeleton',
          style.hidden && 'opacity-45 grayscale',
        )}
      >
        <Link
          href={`/t/${team}/create?style=${style.styleId}`}
          aria-label={t('use', { name })}
          className="block -outline-offset-2! focus-visible:outline-3!"
        >
          <Thumbnail style={style} />
        </Link>
        <Link
          href={`/t/${team}/gallery?style=${style.styleId}`}
          aria-label={t('images', { name })}
          title={t('images', { name })}
          className={cn(
            'absolute bottom-2 left-2 inline-flex h-8 items-center gap-1.5 rounded-full bg-image-badge px-3 text-12 font-medium text-on-image phone:h-11',
            'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100',
          )}
        >
          <Images aria-hidden className="size-4" />
          {t('imagesShort')}
        </Link>
        {canFavour && !style.hidden && <FavouriteButton team={team} style={style} name={words.name(style)} />}
      </div>
      <div className="mt-2 flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <h2 dir="auto" className="truncate text-14 font-medium">
            {words.name(style)}
          </h2>
          <p className="truncate text-12 text-text-3">
            {[t('number', { id: style.styleId }), isolate(words.categories(style))]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {style.hidden && <Tag className="mt-1.5">{t('isHidden')}</Tag>}
        </div>
        {canEdit && <StyleMenu team={team} style={style} name={words.name(style)} onAct={onAct} />}
      </div>
    </li>
  )
}

function Thumbnail({ style }: { style: Style }) {
  if (!style.thumbnailUrl) {
    return (
      <div className="grid aspect-square place-items-center">
        <Palette aria-hidden className="size-7 text-text-3" />
      </div>
    )
  }
  return (
    // eslint-disable-next-line @next/next/no-img-element
    <img
      src={style.thumbnailUrl}
      alt=""
      width={360}
      height={360}
      loading="lazy"
      decoding="async"
      className="aspect-square w-full object-cover"
    />
  )
}

function FavouriteButton({ team, style, name }: { team: string; style: Style; name: string }) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  const favour = useStyleFavourite(team)
  const toggle = () =>
    favour
      .mutateAsync({ id: style.id, favourite: !style.favourite })
      .catch((error) => showToast({ title: t('failed'), text: c(errorKey(error)) }))
  return (
    <IconButton
      label={t(style.favourite ? 'unfavour' : 'favour', { name })}
      onImage
      isOn={style.favourite}
      tip="none"
      onClick={toggle}
      className={cn(
        'absolute! top-2 right-2 size-8! rounded-full! bg-image-badge transition-opacity',
        !style.favourite &&
          'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100',
      )}
    >
      <Heart className={cn('size-4', style.favourite && 'fill-current')} />
    </IconButton>
  )
}

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type MenuProps = { team: string; style: Style; name: string; onAct: (act: StyleAct) => void }

function StyleMenu({ team, style, name, onAct }: MenuProps) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  const save = useSaveStyle(team)
  const thumbnail = useStyleThumbnail(team)
  const [isAsked, setAsked] = useState(false)
  const onError = (error: Error) => showToast({ title: t('failed'), text: c(errorKey(error)) })
  const setHidden = (hidden: boolean) =>
    // a hidden style's card is gone by then
    void save.mutateAsync({ id: style.id, hidden }).then(
      () =>
        showToast({
          title: t(hidden ? 'hiddenNow' : 'shownNow', { name: isolate(name) }),
          about: `style ${style.id}`,
          ...(hidden && { action: { label: c('undo'), onAct: () => setHidden(false) } }),
        }),
      onError,
    )
  const hasOwnThumbnail = style.thumbnailUrl?.startsWith('/api/') ?? false
  const removeThumbnail = () =>
    thumbnail.mutateAsync({ id: style.id, imageId: null }).catch((error: Error) => {
      onError(error)
      throw error
    })
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('more', { name })} size="s" tip="none">
            <Ellipsis className="size-4" />
          </IconButton>
        }
        entries={[
          { label: t('actions.edit'), icon: Pencil, onSelect: () => onAct('edit') },
          { label: t('actions.thumbnail'), icon: ImagePlus, onSelect: () => onAct('thumbnail') },
          ...(hasOwnThumbnail
            ? [
                {
                  label: t('actions.noThumbnail'),
                  icon: ImageOff,
                  onSelect: () => setAsked(true),
                },
              ]
            : []),
          { kind: 'separator' },
          style.hidden
            ? { label: t('actions.show'), icon: Eye, onSelect: () => setHidden(false) }
            : { label: t('actions.hide'), icon: EyeOff, onSelect: () => setHidden(true) },
        ]}
      />
      {isAsked && (
        <Confirm
          title={t('thumbnail.removeTitle', { name: isolate(name) })}
          lead={t('thumbnail.removeLead')}
          action={t('actions.noThumbnail')}
          onAct={removeThumbnail}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
