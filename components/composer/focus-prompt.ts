import { flushSync } from 'react-dom'

/**
 * Makes a change of the form, then puts the cursor at that place of the prompt (without one, behind it), in whichever
 * composer can be seen, unless a dialog is open then. All within the turn of the press: a frame later, letters that were
 * typed in between would have gone elsewhere.
 */
export function focusPrompt(change: () => void, caret?: number): void {
  flushSync(change)
  // behind the microtask in which a dialog that has closed gives the focus back
  queueMicrotask(() => {
    if (document.querySelector('[data-modal][data-open]')) return
    const boxes = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-prompt]')]
    const box = boxes.find((one) => one.offsetParent !== null)
    const place = caret ?? box?.value.length ?? 0
    box?.focus()
    box?.setSelectionRange(place, place)
  })
}
