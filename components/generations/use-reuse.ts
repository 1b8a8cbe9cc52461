'use client'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { applyReuse, applyVariation, changesBetween, type Reuse } from '@/lib/drafts/reuse'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'

/** Takes something of a generation into the form: the difference is shown first, nothing typed is lost. */
export function useReuse() {
  const { store } = useComposer()

  function reuse(kind: Reuse, generation: Generation, image?: Image): void {
    store.propose({ origin: 'reuse', after: applyReuse(store.get().draft, kind, { generation, image }) })
  }

  /** Continues the group from an image; into an empty box at once, otherwise the difference is shown first. */
  function vary(generation: Generation, image: Image | undefined = firstUsable(generation)): void {
    if (!image) return
    const { draft } = store.get()
    const after = applyVariation(draft, { generation, image })
    const overwrites = draft.prompt.trim() !== '' && changesBetween(draft, after).includes('prompt')
    if (overwrites) return store.propose({ origin: 'vary', after })
    store.replace('vary', after)
    store.setSheet(true)
    focusPrompt()
  }

  /** For a generation that failed: its prompt back in the box, unless it stands there already. */
  function edit(generation: Generation): void {
    const { draft } = store.get()
    if (draft.prompt.trim() === '') store.replace('reuse', applyReuse(draft, 'prompt', { generation }))
    else if (draft.prompt !== generation.prompt) return reuse('prompt', generation)
    store.setSheet(true)
    focusPrompt()
  }

  return { reuse, vary, edit }
}

export function firstUsable({ images }: Generation): Image | undefined {
  return images.find(
    ({ state, imageId, blurReason }) => state === 'completed' && imageId !== null && !blurReason,
  )
}
