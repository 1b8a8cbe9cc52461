'use client'
import { CornerDownLeft, Palette, PenLine, Replace, TextCursorInput } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useReuse } from '@/components/generations/use-reuse'
import type { MenuEntry } from '@/components/ui/menu-entry'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'

type Given = { generation: Generation; image?: Image }

/** What of a generation, and of one of its images, can be taken into the form beside the feed. */
export function useFillEntries({ generation, image }: Given): MenuEntry[] {
  const t = useTranslations('actions')
  const { reuse, vary } = useReuse()
  return [
    ...(generation.source.kind === 'style'
      ? [{ label: t('style'), icon: Palette, onSelect: () => reuse('style', generation) }]
      : []),
    ...(image ? [{ label: t('varyEdit'), icon: PenLine, onSelect: () => vary(generation, image) }] : []),
    { label: t('prompt'), icon: TextCursorInput, onSelect: () => reuse('prompt', generation) },
    ...(image
      ? [{ label: t('source'), icon: Replace, onSelect: () => reuse('source', generation, image) }]
      : []),
    { label: t('all'), icon: CornerDownLeft, onSelect: () => reuse('all', generation) },
  ]
}
