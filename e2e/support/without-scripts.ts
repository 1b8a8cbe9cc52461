import type { Page } from '@playwright/test'

/** Opens a page whose scripts arrive once they are let through. */
export async function openWithoutScripts(page: Page, path: string): Promise<{ letThrough: () => void }> {
  let letThrough = () => {}
  const isLetThrough = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await isLetThrough
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  return { letThrough }
}
