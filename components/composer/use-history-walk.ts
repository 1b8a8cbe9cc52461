import { useRef } from 'react'
import { useComposer } from '@/components/composer/composer-context'
import { HISTORY_MAX, step, type Walk } from '@/lib/drafts/history'
import { latestPrompts } from '@/lib/prompts/client'

/** Walks through what was sent; where this browser remembers nothing further, the server is asked once. */
export function useHistoryWalk() {
  const { store, team } = useComposer()
  const walk = useRef<Walk | null>(null)
  const hasAsked = useRef(false)

  function go(older: boolean): boolean {
    const { history, draft } = store.get()
    const next = step(history, walk.current, { shown: draft.prompt, older })
    if (!next) return false
    walk.current = next.walk
    store.edit({ prompt: next.prompt })
    return true
  }

  return async (older: boolean): Promise<void> => {
    if (go(older) || !older || hasAsked.current) return
    hasAsked.current = true
    const { prompt } = store.get().draft
    const prompts = await latestPrompts(team, HISTORY_MAX).catch(() => null)
    hasAsked.current = prompts !== null // one that failed is asked again
    store.learn(prompts ?? [])
    if (store.get().draft.prompt === prompt) go(older)
  }
}
