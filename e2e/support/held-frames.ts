import type { Page } from '@playwright/test'

/** What the page wants to do in its next frame waits until it is let through: what a person does may come before any frame. */
export async function holdFrames(page: Page): Promise<{ letThrough: () => Promise<void> }> {
  const frames = await page.evaluateHandle(() => {
    const request = window.requestAnimationFrame
    const held: FrameRequestCallback[] = []
    window.requestAnimationFrame = (callback) => held.push(callback)
    return { request, held }
  })
  return {
    letThrough: () =>
      frames.evaluate(({ request, held }) => {
        window.requestAnimationFrame = request
        for (const callback of held) request.call(window, callback)
      }),
  }
}
