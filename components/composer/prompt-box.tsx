'use client'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { PromptChips } from '@/components/composer/prompt-chips'
import { PromptTools } from '@/components/composer/prompt-tools'
import { UndoLine } from '@/components/composer/undo-line'
import { useSubmit } from '@/components/composer/use-submit'
import { cn } from '@/components/ui/cn'
import { step, type Walk } from '@/lib/drafts/history'
import { enterKeys } from '@/lib/text/enter-keys'
import { shortcutOf } from '@/lib/text/shortcut'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/flamel/ratios'

/** The prompt, its counter and its tools. Cmd or Ctrl with Enter submits, Alt with the arrows walks through what was sent. */
export function PromptBox() {
  const t = useTranslations('create')
  const { store } = useComposer()
  const prompt = useComposed((state) => state.draft.prompt)
  const { submit } = useSubmit()
  const [enter] = useState(() => enterKeys({ mod: true }))
  const walk = useRef<Walk | null>(null)
  const id = useId()
  const count = codePoints(prompt)
  const over = count - PROMPT_MAX

  function walkHistory(older: boolean): boolean {
    const { history, draft } = store.get()
    const next = step(history, walk.current, { shown: draft.prompt, older })
    if (!next) return false
    walk.current = next.walk
    store.edit({ prompt: next.prompt })
    return true
  }

  function onKeyDown(event: React.KeyboardEvent<HTMLTextAreaElement>) {
    const { nativeEvent } = event
    if (enter.keyDown(nativeEvent)) {
      event.preventDefault()
      void submit()
      return
    }
    const shortcut = shortcutOf(nativeEvent)
    if (shortcut !== 'Alt+ArrowUp' && shortcut !== 'Alt+ArrowDown') return
    event.preventDefault()
    walkHistory(shortcut === 'Alt+ArrowUp')
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor={id} className="text-13 font-medium text-text-2">
        {t('prompt.label')}
      </label>
      <div className="rounded-l bg-field edge focus-inside">
        <textarea
          id={id}
          data-prompt
          dir="auto"
          value={prompt}
          rows={5}
          placeholder={t('prompt.placeholder')}
          aria-describedby={`${id}-count`}
          aria-invalid={over > 0 || undefined}
          autoComplete="off"
          onChange={(event) => store.edit({ prompt: event.target.value })}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => enter.keyUp(event)}
          onCompositionEnd={(event) => {
            if (enter.compositionEnd(event.data)) void submit()
          }}
          className="block field-sizing-content max-h-[40dvh] min-h-[132px] w-full min-w-0 resize-none overflow-y-auto bg-transparent px-4 pt-3.5 pb-1 text-16 wrap-anywhere phone:min-h-[104px] short:min-h-20"
        />
        <PromptChips />
        <div className="flex items-center gap-0.5 px-2 pt-1.5 pb-2">
          <PromptTools />
          <span
            id={`${id}-count`}
            aria-live={over > 0 ? 'polite' : 'off'}
            className={cn(
              'ml-auto pr-2 text-right text-12',
              over > 0 ? 'font-semibold text-text' : 'text-text-3',
            )}
          >
            {over > 0
              ? t('prompt.over', { count, max: PROMPT_MAX, over })
              : t('prompt.count', { count, max: PROMPT_MAX })}
          </span>
        </div>
      </div>
      <UndoLine />
    </div>
  )
}
