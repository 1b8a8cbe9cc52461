import type { BrowserContext, Page } from '@playwright/test'
import { untilQuiet } from './quiet-network'

type Shift = { value: number; what: string[] }

/** Watches every page of the context for what moves by itself, from its first frame on. */
export async function watchShifts(context: BrowserContext) {
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

/** What has moved on the page so far, once its fonts and the images in sight have come and two frames have passed. */
export async function shiftsOf(page: Page): Promise<Shift[]> {
  await untilQuiet(page)
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
