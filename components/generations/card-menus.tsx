'use client'
import { Download, EyeOff, Heart, Info, Link2, Users } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { fileNameOf } from '@/components/generations/file-name'
import { useDismissal } from '@/components/generations/use-dismissal'
import { usePublication } from '@/components/generations/use-publication'
import { useFillEntries } from '@/components/generations/use-fill-entries'
import { firstUsable } from '@/components/generations/use-reuse'
import { useRunEntries } from '@/components/generations/use-run-entries'
import type { MenuEntry, Trigger } from '@/components/ui/menu-entry'
import { MenuPopup } from '@/components/ui/menu-popup'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

type CardMenuProps = {
  generation: Generation
  trigger: Trigger
  onDetails: () => void
  onShare: (target: ShareLinkTarget) => void
}

export function AgainMenu({ generation, trigger }: Pick<CardMenuProps, 'generation' | 'trigger'>) {
  return <MenuPopup trigger={trigger} entries={useAgainEntries(generation)} />
}

export function MoreMenu({ trigger, ...props }: CardMenuProps) {
  return <MenuPopup trigger={trigger} entries={useMoreEntries(props)} />
}

/** On phones all of it is in one. */
export function WholeMenu({ trigger, ...props }: CardMenuProps) {
  const again = useAgainEntries(props.generation)
  const more = useMoreEntries(props)
  const entries: MenuEntry[] = again.length > 0 ? [...again, { kind: 'separator' }, ...more] : more
  return <MenuPopup trigger={trigger} entries={entries} />
}

type TileMenuProps = Omit<CardMenuProps, 'onDetails'> & { image: Image; onFavour: () => void }

/** What can be done with one image. */
export function TileMenu({ generation, image, trigger, onFavour, onShare }: TileMenuProps) {
  const t = useTranslations('generations.tile')
  const { person, team } = useComposer()
  const runs = useRunEntries({ team, from: generation, image })
  const fills = useFillEntries({ generation, image })
  const line = { kind: 'separator' } as const
  const download = { label: t('download'), icon: Download, href: image.urls.original, download: true }
  const entries: MenuEntry[] = person.canGenerate
    ? [
        ...(image.imageId === null ? [] : [...runs, line, ...fills, line]),
        { label: t(image.favourite ? 'unfavourite' : 'favourite'), icon: Heart, onSelect: onFavour },
        download,
        {
          label: t('share'),
          icon: Link2,
          ...(image.private && { isDisabled: true, hint: t('private') }),
          onSelect: () => onShare({ kind: 'image', id: image.id }),
        },
      ]
    : [download]
  return <MenuPopup side="top" trigger={trigger} entries={entries} />
}

/** What can be generated from it, and what of it can be taken into the form. */
function useAgainEntries(generation: Generation): MenuEntry[] {
  const { team, person } = useComposer()
  const image = firstUsable(generation)
  const runs = useRunEntries({ team, from: generation, image })
  const fills = useFillEntries({ generation, image })
  return person.canGenerate ? [...runs, { kind: 'separator' }, ...fills] : []
}

function useMoreEntries({ generation, onDetails, onShare }: Omit<CardMenuProps, 'trigger'>): MenuEntry[] {
  const t = useTranslations('generations.actions')
  const { person } = useComposer()
  const dismissal = useDismissal(generation)
  const publication = usePublication(generation)
  const kept = generation.private ? { isDisabled: true, hint: t('private') } : {}
  const usable = firstUsable(generation)
  const share = () => onShare({ kind: 'generation', id: generation.id })
  return [
    { label: t('details'), icon: Info, onSelect: onDetails },
    ...(publication ? [{ label: t('publish'), icon: Users, onSelect: publication }] : []),
    ...(usable && person.canGenerate ? [{ label: t('share'), icon: Link2, onSelect: share, ...kept }] : []),
    ...(usable ? [{ label: t('download'), icon: Download, onSelect: () => downloadAll(generation) }] : []),
    ...(dismissal ? [{ label: t('dismiss'), icon: EyeOff, onSelect: dismissal }] : []),
  ]
}

function downloadAll({ images }: Generation): void {
  for (const image of images) {
    if (image.state !== 'completed' || image.blurReason) continue
    const link = document.createElement('a')
    link.href = image.urls.original
    link.download = fileNameOf(image)
    link.click()
  }
}
