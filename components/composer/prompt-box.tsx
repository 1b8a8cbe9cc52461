'use client'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { PromptChips } from '@/components/composer/prompt-chips'
import { PromptTools } from '@/components/composer/prompt-tools'
import { UndoLine } from '@/components/composer/undo-line'
import { useCompletion } from '@/components/composer/use-completion'
import { useHistoryWalk } from '@/components/composer/use-history-walk'
import { useSubmit } from '@/components/composer/use-submit'
import { cn } from '@/components/ui/cn'
import { onDemand } from '@/components/ui/on-demand'
import { enterKeys } from '@/lib/text/enter-keys'
import { shortcutOf } from '@/lib/text/shortcut'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'

const TemplateCompletion = onDemand(() =>
  import('@/components/prompts/template-completion').then((module) => module.TemplateCompletion),
)

/** The prompt, its counter and its tools. Cmd or Ctrl with Enter submits, Alt with the arrows walks through what was sent. */
export function PromptBox() {
  const t = useTranslations('create')
  const { store, team } = useComposer()
  const prompt = useComposed((state) => state.draft.prompt)
  const { submit } = useSubmit()
  const [enter] = useState(() => enterKeys({ mod: true }))
  const walkHistory = useHistoryWalk()
  const box = useRef<HTMLTextAreaElement>(null)
  const { completion, follow, insert, close, leave, hold } = useCompletion()
  const id = useId()
  const count = codePoints(prompt)

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
    void walkHistory(shortcut === 'Alt+ArrowUp')
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor={id} className="text-13 font-medium text-text-2">
        {t('prompt.label')}
      </label>
      <div className="relative rounded-l bg-field edge focus-inside">
        <textarea
          ref={box}
          id={id}
          data-prompt
          dir="auto"
          value={prompt}
          rows={5}
          placeholder={t('prompt.placeholder')}
          aria-describedby={`${id}-count`}
          aria-invalid={count > PROMPT_MAX || undefined}
          autoComplete="off"
          onChange={(event) => store.edit({ prompt: event.target.value })}
          onSelect={follow}
          onBlur={leave}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => enter.keyUp(event)}
          onCompositionEnd={(event) => {
            if (enter.compositionEnd(event.data)) void submit()
          }}
          className="block field-sizing-content max-h-[40dvh] min-h-[132px] w-full min-w-0 resize-none overflow-y-auto bg-transparent px-4 pt-3.5 pb-1 text-16 wrap-anywhere phone:min-h-[104px] short:min-h-20"
        />
        {completion && (
          <TemplateCompletion
            {...{ team, completion, box }}
            onInsert={insert}
            onHold={hold}
            onClose={close}
          />
        )}
        <PromptChips />
        <div className="flex items-center gap-0.5 px-2 pt-1.5 pb-2">
          <PromptTools />
          <Count id={`${id}-count`} count={count} />
        </div>
      </div>
      <UndoLine />
    </div>
  )
}

function Count({ id, count }: { id: string; count: number }) {
  const t = useTranslations('create.prompt')
  const over = count - PROMPT_MAX
  return (
    <span
      id={id}
      aria-live={over > 0 ? 'polite' : 'off'}
      className={cn('ml-auto pr-2 text-right text-12', over > 0 ? 'font-semibold text-text' : 'text-text-3')}
    >
      {over > 0 ? t('over', { count, max: PROMPT_MAX, over }) : t('count', { count, max: PROMPT_MAX })}
    </span>
  )
}
