'use client'
import { Copy, Proportions, Shuffle } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { usePriced, useRun } from '@/components/generations/use-run'
import type { MenuEntry } from '@/components/ui/menu-entry'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { OFFERED_RATIOS } from '@/lib/upstream/ratios'

type Given = { team: string; from: Generation | Image; image?: Image }

/** What one press generates from a generation, and from one of its images, each with its price. */
export function useRunEntries({ team, from, image }: Given): MenuEntry[] {
  const t = useTranslations('actions')
  const run = useRun(team)
  const hint = usePriced(team).priceOf(from.sample)
  const others = OFFERED_RATIOS.filter((ratio) => ratio !== from.ratio)
  return [
    ...(!image || image.imageId === null
      ? []
      : [{ label: t('vary'), icon: Shuffle, hint, onSelect: () => void run({ kind: 'vary', image }, from) }]),
    { label: t('again'), icon: Copy, hint, onSelect: () => void run({ kind: 'again' }, from) },
    {
      kind: 'choices',
      label: t('ratio'),
      icon: Proportions,
      hint,
      choices: others.map((ratio) => ({
        label: ratio,
        name: t('ratioOf', { ratio }),
        onSelect: () => void run({ kind: 'ratio', ratio }, from),
      })),
    },
  ]
}
