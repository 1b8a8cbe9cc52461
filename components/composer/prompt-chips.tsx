'use client'
import { GitBranch, Shuffle, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { Thumb } from '@/components/ui/thumb'
import { groupOf, NOTHING_VARIED, variationOf } from '@/lib/drafts/variation'
import { isolate } from '@/lib/text/isolate'

/** What goes along with the prompt: the image that is varied and the group that the images will join. */
export function PromptChips() {
  const t = useTranslations('create')
  const { store } = useComposer()
  const variation = useComposed((state) => variationOf(state.draft))
  const group = useComposed((state) => groupOf(state.draft))
  if (!variation && !group) return null
  return (
    <ul className="flex gap-1.5 px-3 pt-1">
      {variation && (
        <PromptChip
          icon={
            variation.thumb ? (
              <Thumb src={variation.thumb} className="size-5 rounded-xs" />
            ) : (
              <Shuffle aria-hidden className="size-3.5" />
            )
          }
          name={t('style.varies')}
          removal={t('style.dropVariation')}
          onRemove={() => store.edit({ variation: null })}
        />
      )}
      {group && (
        <PromptChip
          icon={<GitBranch aria-hidden className="size-3.5 shrink-0" />}
          name={t('group.continue', { prompt: isolate(group.prompt) })}
          removal={t('group.new')}
          onRemove={() => store.edit(NOTHING_VARIED)}
        />
      )}
    </ul>
  )
}

type ChipProps = { icon: ReactNode; name: string; removal: string; onRemove: () => void }

function PromptChip({ icon, name, removal, onRemove }: ChipProps) {
  return (
    <li className="flex h-7 min-w-0 items-center gap-1.5 rounded-s bg-hover pl-1.5 text-12 text-text-2 first:not-last:shrink-0 phone:h-9">
      {icon}
      <span className="min-w-0 truncate" title={name}>
        {name}
      </span>
      <button
        type="button"
        aria-label={removal}
        title={removal}
        onClick={onRemove}
        className="touch grid size-7 shrink-0 place-items-center rounded-s hover:text-text"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  )
}
