import type { BrowserContext, Page, Request } from '@playwright/test'
import { waitUntil } from '@/scripts/processes.mjs'

const QUIET_MS = 500
const QUIET_WITHIN_MS = 110_000
const underWay = new WeakMap<Page, Set<Request>>()

/** Counts what the pages of the context ask for from now on and has not been answered. */
export function watchRequests(context: BrowserContext): void {
  context.on('page', (page) => {
    const open = new Set<Request>()
    underWay.set(page, open)
    page.on('request', (request) => {
      if (request.resourceType() !== 'eventsource') open.add(request) // a stream has no end
    })
    page.on('requestfinished', (request) => open.delete(request))
    page.on('requestfailed', (request) => open.delete(request))
  })
}

/** Returns once the page has asked for nothing for half a second. Playwright's own `networkidle` never came where everything was answered. */
export async function untilQuiet(page: Page): Promise<void> {
  const open = underWay.get(page)
  if (!open) throw new Error('The requests of this page are not counted: it was opened before watchRequests.')
  await page.waitForLoadState('load')
  let busyAt = performance.now()
  const isQuiet = () => {
    if (open.size > 0) busyAt = performance.now()
    return performance.now() - busyAt > QUIET_MS
  }
  if (await waitUntil(isQuiet, { timeoutMs: QUIET_WITHIN_MS })) return
  throw new Error(`Not answered: ${[...open].map((request) => request.url()).join(' ')}`)
}
