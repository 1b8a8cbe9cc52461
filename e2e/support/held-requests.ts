import type { Page } from '@playwright/test'

/** What the page asks of these addresses waits until it is let through. */
export async function holdRequests(
  page: Page,
  addresses: string | RegExp,
): Promise<{ letThrough: () => void }> {
  let letThrough = () => {}
  const isLetThrough = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route(addresses, async (route) => {
    await isLetThrough
    await route.continue()
  })
  return { letThrough }
}

/** Opens a page whose scripts arrive once they are let through. */
export async function openWithoutScripts(page: Page, path: string): Promise<{ letThrough: () => void }> {
  const held = await holdRequests(page, /\/_next\/static\/.*\.js/)
  await page.goto(path, { waitUntil: 'commit' })
  return held
}
