/** Puts the cursor behind the prompt, in whichever composer can be seen. */
export function focusPrompt(): void {
  requestAnimationFrame(() => {
    const boxes = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-prompt]')]
    const box = boxes.find((one) => one.offsetParent !== null)
    box?.focus()
    box?.setSelectionRange(box.value.length, box.value.length)
  })
}
