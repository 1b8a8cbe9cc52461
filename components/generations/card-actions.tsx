'use client'
import { Download, EyeOff, Info, Link2, MoreHorizontal, Shuffle, Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { fileNameOf } from '@/components/generations/image-tile'
import { useDismissal } from '@/components/generations/use-dismissal'
import { useFillEntries } from '@/components/generations/use-fill-entries'
import { firstUsable } from '@/components/generations/use-reuse'
import { usePriced, useRun } from '@/components/generations/use-run'
import { useRunEntries } from '@/components/generations/use-run-entries'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import type { Generation } from '@/lib/generations/schema'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

type ActionsProps = {
  generation: Generation
  onDetails: () => void
  onShare: (target: ShareLinkTarget) => void
}

/** Vary and Reuse in words; everything else, and all of it on phones, in the menu. */
export function CardActions(props: ActionsProps) {
  const t = useTranslations('generations.actions')
  const { generation } = props
  const { person } = useComposer()
  const image = person.canGenerate ? firstUsable(generation) : undefined
  const again = useAgainEntries(generation)
  const more = useMoreEntries(props)
  const dots = (
    <IconButton label={t('more')} size="s">
      <MoreHorizontal aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <div className="flex h-6 items-center gap-0.5">
      <span className="contents phone:hidden">
        {image && <VaryButton generation={generation} />}
        {again.length > 0 && (
          <Menu
            trigger={
              <Button tone="ghost" size="s">
                <Undo2 aria-hidden className="size-4" />
                {t('reuse')}
              </Button>
            }
            entries={again}
          />
        )}
        <Menu trigger={dots} entries={more} />
      </span>
      <span className="desk:hidden">
        <Menu trigger={dots} entries={again.length > 0 ? [...again, { kind: 'separator' }, ...more] : more} />
      </span>
    </div>
  )
}

function VaryButton({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.actions')
  const { team } = useComposer()
  const run = useRun(team)
  const { priced } = usePriced(team)
  const image = firstUsable(generation)
  if (!image) return null
  return (
    <Button
      tone="ghost"
      size="s"
      title={priced(t('vary'), generation.sample)}
      onClick={() => void run({ kind: 'vary', image }, generation)}
    >
      <Shuffle aria-hidden className="size-4" />
      {t('vary')}
    </Button>
  )
}

/** What can be generated from it, and what of it can be taken into the form. */
function useAgainEntries(generation: Generation): MenuEntry[] {
  const { team, person } = useComposer()
  const image = firstUsable(generation)
  const runs = useRunEntries({ team, from: generation, image })
  const fills = useFillEntries({ generation, image })
  return person.canGenerate ? [...runs, { kind: 'separator' }, ...fills] : []
}

function useMoreEntries({ generation, onDetails, onShare }: ActionsProps): MenuEntry[] {
  const t = useTranslations('generations.actions')
  const { person } = useComposer()
  const dismissal = useDismissal(generation)
  const usable = firstUsable(generation)
  const share = () => onShare({ kind: 'generation', id: generation.id })
  return [
    { label: t('details'), icon: Info, onSelect: onDetails },
    ...(usable && person.canGenerate ? [{ label: t('share'), icon: Link2, onSelect: share }] : []),
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
