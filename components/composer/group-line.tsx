'use client'
import { GitBranch, X } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { groupOf, NOTHING_VARIED } from '@/lib/drafts/variation'
import { IconButton } from '@/components/ui/icon-button'
import { isolate } from '@/lib/text/isolate'

/** Which group the images will join; without one they begin a new one, and nothing is said. */
export function GroupLine() {
  const t = useTranslations('create.group')
  const { store } = useComposer()
  const group = useComposed((state) => groupOf(state.draft))
  if (!group) return null
  return (
    <div className="flex min-w-0 items-center gap-2 rounded-m bg-field py-1.5 pr-1.5 pl-3 edge">
      <GitBranch aria-hidden className="size-4 shrink-0 text-text-3" />
      <span
        className="min-w-0 flex-1 truncate text-13 text-text-2"
        title={t('hint', { prompt: isolate(group.prompt) })}
      >
        {t('continue', { prompt: isolate(group.prompt) })}
      </span>
      <IconButton label={t('new')} size="s" tip="top" onClick={() => store.edit(NOTHING_VARIED)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
