/** Puts the cursor behind the prompt, in whichever composer can be seen, unless a dialog was opened meanwhile. */
export function focusPrompt(): void {
  requestAnimationFrame(() => {
    if (document.querySelector('[data-modal][data-open]')) return
    const boxes = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-prompt]')]
    const box = boxes.find((one) => one.offsetParent !== null)
    box?.focus()
    box?.setSelectionRange(box.value.length, box.value.length)
  })
}
