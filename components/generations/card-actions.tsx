'use client'
import { MoreHorizontal, Shuffle, Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { loadMenus, menu } from '@/components/generations/load-menus'
import { firstUsable } from '@/components/generations/use-reuse'
import { usePriced, useRun } from '@/components/generations/use-run'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { MenuButton } from '@/components/ui/menu'
import type { Generation } from '@/lib/generations/schema'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const AgainMenu = menu((menus) => menus.AgainMenu)
const MoreMenu = menu((menus) => menus.MoreMenu)
const WholeMenu = menu((menus) => menus.WholeMenu)

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
  const reuse = (
    <Button tone="ghost" size="s">
      <Undo2 aria-hidden className="size-4" />
      {t('reuse')}
    </Button>
  )
  const dots = (
    <IconButton label={t('more')} size="s">
      <MoreHorizontal aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <div className="flex h-6 items-center gap-0.5">
      <span className="contents phone:hidden">
        {image && <VaryButton generation={generation} />}
        {person.canGenerate && (
          <MenuButton trigger={reuse} load={loadMenus}>
            <AgainMenu generation={generation} trigger={reuse} />
          </MenuButton>
        )}
        <MenuButton trigger={dots} load={loadMenus}>
          <MoreMenu {...props} trigger={dots} />
        </MenuButton>
      </span>
      <span className="desk:hidden">
        <MenuButton trigger={dots} load={loadMenus}>
          <WholeMenu {...props} trigger={dots} />
        </MenuButton>
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
