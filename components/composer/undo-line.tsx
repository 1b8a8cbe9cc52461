'use client'
import { Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { Button } from '@/components/ui/button'

/** Says what was put into the form, and brings back what was there. */
export function UndoLine() {
  const t = useTranslations('create.undo')
  const { store } = useComposer()
  const origin = useComposed((state) => state.undo?.origin)
  return (
    <div role="status" className="text-13 text-text-2 empty:hidden">
      {origin && (
        <span className="flex items-center justify-between gap-2">
          {t(origin)}
          <Button tone="ghost" size="s" onClick={() => focusPrompt(store.undo)}>
            <Undo2 aria-hidden className="size-4" />
            {t('action')}
          </Button>
        </span>
      )}
    </div>
  )
}
