'use client'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { applyReuse, applyVariation, changesBetween, type Reuse } from '@/lib/drafts/reuse'
import type { Draft } from '@/lib/drafts/draft'
import { hasUnsentPrompt, type Origin } from '@/lib/drafts/store'
import { NOTHING_VARIED } from '@/lib/drafts/variation'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'

/** Takes something of a generation into the form, at once and with a way back. */
export function useReuse() {
  const { store } = useComposer()

  function put(origin: Origin, after: Draft): void {
    focusPrompt(() => {
      store.replace(origin, after)
      store.setSheet(true)
    })
  }

  /** Where whole settings would take the place of words that somebody typed, the difference is shown first. */
  function putWhole(origin: Origin, after: Draft): void {
    const state = store.get()
    const overwrites = hasUnsentPrompt(state) && changesBetween(state.draft, after).includes('prompt')
    if (overwrites) store.propose({ origin, after })
    else put(origin, after)
  }

  function reuse(kind: Reuse, generation: Generation, image?: Image): void {
    const state = store.get()
    const after = applyReuse(state.draft, kind, { generation, image })
    if (kind === 'all') return putWhole('reuse', after)
    // a style for other words: those that somebody is typing, or none
    const words =
      kind === 'style' && !hasUnsentPrompt(state) ? { prompt: '', lineage: {}, ...NOTHING_VARIED } : {}
    put('reuse', { ...after, ...words })
  }

  /** Continues the group from an image, with words that may be changed before. */
  function vary(generation: Generation, image: Image | undefined = firstUsable(generation)): void {
    if (image) putWhole('vary', applyVariation(store.get().draft, { generation, image }))
  }

  /** For a generation that failed: its prompt back in the box, unless it stands there already. */
  function edit(generation: Generation): void {
    const { draft } = store.get()
    if (draft.prompt !== generation.prompt) return reuse('prompt', generation)
    focusPrompt(() => store.setSheet(true))
  }

  return { reuse, vary, edit }
}

export function firstUsable({ images }: Generation): Image | undefined {
  return images.find(
    ({ state, imageId, blurReason }) => state === 'completed' && imageId !== null && !blurReason,
  )
}
