import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl/react'
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

/** Leads to the composer, which shows what would change before anything does. */
export function ReuseMenu({ team, image, trigger }: { team: string; image: Image; trigger: Trigger }) {
  const t = useTranslations('image')
  const to = (kind: string) => reusePath(team, image.id, kind)
  const entries: MenuEntry[] = [
    { label: t('reuseAll'), href: to('all') },
    { label: t('reusePrompt'), href: to('prompt') },
    ...(image.styleId === null ? [] : [{ label: t('reuseStyle'), href: to('style') }]),
    ...(image.imageId === null
      ? []
      : [
          { label: t('reuseSource'), href: to('source') },
          { label: t('vary'), href: to('vary') },
        ]),
  ]
  return <Menu trigger={trigger} entries={entries} side="top" />
}
