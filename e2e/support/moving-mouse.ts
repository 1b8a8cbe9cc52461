import type { Page } from '@playwright/test'

/** A mouse over the page that is on its way to something until it is told to rest. */
export async function moveMouse(page: Page): Promise<{ rest: () => Promise<void> }> {
  const stop = await page.evaluateHandle(() => {
    const move = () => window.dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse' }))
    move()
    const timer = setInterval(move, 50)
    return () => clearInterval(timer)
  })
  return { rest: () => stop.evaluate((end) => end()) }
}

/** When what the page knows by now has been drawn. */
export const isDrawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
