import type { Page } from '@playwright/test'

type Press = { key: string; code: string; ctrl?: boolean; shift?: boolean }

/** Presses a key as another layout reports it: `key` is what the layout types, `code` where the key is. */
export async function pressOn(page: Page, { key, code, ctrl = false, shift = false }: Press) {
  const session = await page.context().newCDPSession(page)
  const modifiers = (ctrl ? 2 : 0) + (shift ? 8 : 0)
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.charCodeAt(0) ?? 191
  const event = { key, code, modifiers, windowsVirtualKeyCode: place }
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  await session.detach()
}

/** Shows the steps of a syllable in the focused field, as an input method does, without ending it. */
export async function compose(page: Page, ...steps: string[]) {
  const session = await page.context().newCDPSession(page)
  for (const text of steps)
    await session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  await session.detach()
}

/** Ends the composition with that text. */
export const commit = (page: Page, text: string) => page.keyboard.insertText(text)
