import { useRef, useState, type SyntheticEvent } from 'react'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { complete, completionAt, type Completion } from '@/lib/prompts/completion'

/** What is typed after `#` in the prompt, and its completion. One that was closed stays closed until another begins. */
export function useCompletion() {
  const { store } = useComposer()
  const [completion, setCompletion] = useState<Completion | null>(null)
  const closed = useRef(-1)
  const isHeld = useRef(false)

  function follow({
    currentTarget: { value, selectionStart, selectionEnd },
  }: SyntheticEvent<HTMLTextAreaElement>) {
    const found = selectionStart === selectionEnd ? completionAt(value, selectionStart) : null
    if (found?.from !== closed.current) closed.current = -1
    setCompletion(found && closed.current === -1 ? found : null)
  }

  function close() {
    closed.current = completion?.from ?? -1
    isHeld.current = false
    setCompletion(null)
  }

  /** The box lost the focus; to the questions of a template it comes back. */
  function leave() {
    if (!isHeld.current) close()
  }

  function insert(typed: Completion, text: string) {
    const { text: prompt, caret } = complete(store.get().draft.prompt, typed, text)
    isHeld.current = false
    focusPrompt(() => {
      store.edit({ prompt })
      setCompletion(null)
    }, caret)
  }

  return { completion, follow, insert, close, leave, hold: () => void (isHeld.current = true) }
}
