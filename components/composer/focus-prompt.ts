import { flushSync } from 'react-dom'

/**
 * Makes a change of the form, then puts the cursor at that place of the prompt (without one, behind it), in whichever
 * composer can be seen. All within the turn of the press: a frame later, letters that were typed in between would have gone
 * elsewhere. In a dialog, as in a phone's sheet, only whoever was typing, and so has a place, is given the keyboard.
 */
export function focusPrompt(change: () => void, caret?: number): void {
  flushSync(change)
  // behind the microtask in which a dialog that has closed gives the focus back
  queueMicrotask(() => {
    const modal = [...document.querySelectorAll('[data-modal][data-open]')].at(-1)
    if (modal && caret === undefined) return
    const boxes = [...(modal ?? document).querySelectorAll<HTMLTextAreaElement>('textarea[data-prompt]')]
    const box = boxes.find((one) => one.offsetParent !== null)
    const place = caret ?? box?.value.length ?? 0
    box?.focus()
    box?.setSelectionRange(place, place)
  })
}
