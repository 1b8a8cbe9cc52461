import { CornerDownLeft, Palette, PenLine, Replace, TextCursorInput } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl/react'
import { useRunEntries } from '@/components/generations/use-run-entries'
import { downloadPath, reusePath } from '@/components/images/address'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import type { Image } from '@/lib/images/schema'

type Trigger = ReactElement<{ onClick?: () => void }>

/** The name of an image's format as people say it: WebP, PNG, JPEG. */
export function formatName(mimeType: string | null): string {
  const name = mimeType?.split('/')[1] ?? ''
  return name === 'webp' ? 'WebP' : name.toUpperCase()
}

export function DownloadMenu({ image, trigger }: { image: Image; trigger: Trigger }) {
  const t = useTranslations('image')
  const others = (['webp', 'png', 'jpeg'] as const).filter((format) => image.mimeType !== `image/${format}`)
  const entries: MenuEntry[] = [
    {
      label: t('original', { format: formatName(image.mimeType) }),
      href: downloadPath(image),
      download: true,
    },
    ...others.map((format) => ({
      label: formatName(`image/${format}`),
      href: downloadPath(image, format),
      download: true,
    })),
  ]
  return <Menu trigger={trigger} entries={entries} side="top" />
}

type ReuseMenuProps = {
  team: string
  image: Image
  trigger: Trigger
  onOpenChange?: (isOpen: boolean) => void
}

/** What can be generated from an image at once, and what of it can be taken into the form. */
export function ReuseMenu({ team, image, trigger, onOpenChange }: ReuseMenuProps) {
  const t = useTranslations('actions')
  const runs = useRunEntries({ team, from: image, image })
  const to = (kind: string) => reusePath(team, image.id, kind)
  const isKnown = image.imageId !== null // to upstream
  const entries: MenuEntry[] = [
    ...runs,
    { kind: 'separator' },
    ...(image.styleId === null ? [] : [{ label: t('style'), icon: Palette, href: to('style') }]),
    ...(isKnown ? [{ label: t('varyEdit'), icon: PenLine, href: to('vary') }] : []),
    { label: t('prompt'), icon: TextCursorInput, href: to('prompt') },
    ...(isKnown ? [{ label: t('source'), icon: Replace, href: to('source') }] : []),
    { label: t('all'), icon: CornerDownLeft, href: to('all') },
  ]
  return <Menu trigger={trigger} entries={entries} side="top" onOpenChange={onOpenChange} />
}
