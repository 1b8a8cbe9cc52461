import type { BrowserContext, Page, Request } from '@playwright/test'
import { waitUntil } from '@/scripts/processes.mjs'

type Shift = { value: number; what: string[] }

const QUIET_MS = 500
const QUIET_WITHIN_MS = 110_000
const underWay = new Set<Request>()

/** Watches every page of the context for what moves by itself, from its first frame on. */
export async function watchShifts(context: BrowserContext) {
  context.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') underWay.add(request) // a stream has no end
  })
  context.on('requestfinished', (request) => underWay.delete(request))
  context.on('requestfailed', (request) => underWay.delete(request))
  context.on('close', () => underWay.clear())
  await context.addInitScript(() => {
    type Entry = PerformanceEntry & {
      value: number
      hadRecentInput: boolean
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
    }
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(',')
    new PerformanceObserver((list) => {
      // the entries of this type have these fields; TypeScript's own names stop at PerformanceEntry
      for (const { value, hadRecentInput, sources } of list.getEntries() as Entry[])
        if (!hadRecentInput)
          shifts.push({
            value,
            what: sources.map(
              ({ node, previousRect, currentRect }) =>
                `${node?.textContent?.slice(0, 40)}: ${place(previousRect)} → ${place(currentRect)}`,
            ),
          })
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Nothing has been asked for half a second. Playwright's own `networkidle` never came where everything was answered. */
async function isQuiet(): Promise<void> {
  let busyAt = performance.now()
  const isSo = () => {
    if (underWay.size > 0) busyAt = performance.now()
    return performance.now() - busyAt > QUIET_MS
  }
  if (await waitUntil(isSo, { timeoutMs: QUIET_WITHIN_MS })) return
  throw new Error(`Not answered: ${[...underWay].map((request) => request.url()).join(' ')}`)
}

/** What has moved on the page so far, once its fonts and the images in sight have come and two frames have passed. */
export async function shiftsOf(page: Page): Promise<Shift[]> {
  await page.waitForLoadState('load')
  await isQuiet()
  return page.evaluate(async () => {
    await document.fonts.ready
    const inSight = [...document.images].filter(
      (image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight,
    )
    await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)))
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
    // put there by watchShifts
    return (window as unknown as { shifts: Shift[] }).shifts
  })
}
