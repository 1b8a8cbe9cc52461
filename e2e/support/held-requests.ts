import { expect, type Page } from '@playwright/test'

const SCRIPTS = /\/_next\/static\/.*\.js/

/** What the page asks of these addresses waits until it is let through. */
export async function holdRequests(
  page: Page,
  addresses: string | RegExp | ((url: URL) => boolean),
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
  const held = await holdRequests(page, SCRIPTS)
  await page.goto(path, { waitUntil: 'commit' })
  return held
}

/**
 * Opens a page whose own scripts wait, while React has arrived and waits for them: from then on it stops the events that it
 * has nobody to hear of, where without it they go through the page.
 */
export async function openWithReactWaiting(page: Page, path: string): Promise<{ letThrough: () => void }> {
  const held: (() => Promise<void>)[] = []
  let isOpen = false
  await page.route(SCRIPTS, (route) => {
    if (isOpen) return route.continue()
    const deliver = async () => route.fulfill({ response: await route.fetch() })
    held.push(() => deliver().catch(() => {})) // of the page before: nobody waits for it
  })
  await page.goto(path, { waitUntil: 'commit' })
  while (!(await page.evaluate(isReactThere))) await held.shift()?.()
  expect(held.length, 'scripts that React waits for').toBeGreaterThan(0)
  return {
    letThrough: () => {
      isOpen = true
      for (const deliver of held) void deliver()
    },
  }
}

/**
 * Opens a page that wakes, while its parts on demand wait: scripts that its document does not name arrive once they are let
 * through.
 */
export async function openWithPartsWaiting(page: Page, path: string): Promise<{ letThrough: () => void }> {
  const named = await (await page.request.get(path)).text()
  const isOfPart = (url: URL) => SCRIPTS.test(url.href) && !named.includes(url.pathname)
  const { letThrough } = await holdRequests(page, isOfPart)
  const isPartAsked = page.waitForRequest((request) => isOfPart(new URL(request.url())))
  await page.goto(path, { waitUntil: 'commit' }) // it is loaded only when its parts are
  await isPartAsked
  return { letThrough }
}

/** Whether React has come, looked at when what has arrived has run. */
const isReactThere = async () => {
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 200 }))
  return Object.keys(document).some((name) => name.startsWith('__reactContainer'))
}
