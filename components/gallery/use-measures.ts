import { useEffect, useState, type RefObject } from 'react'
import type { Measures } from '@/components/gallery/layout'

/** The grid's measures by the width of the window; `gallery-grid` in the style sheet says the same. */
export function measuresFor(windowWidth: number, width: number): Measures {
  if (windowWidth <= 760) return { width, rowHeight: 118, gap: 3, dayHeight: 52, firstDayHeight: 44 }
  const rowHeight = windowWidth <= 1180 ? 172 : 204
  return { width, rowHeight, gap: 4, dayHeight: 64, firstDayHeight: 40 }
}

/** How wide an element is, and with it the grid's measures; null before it is known. */
export function useMeasures(ref: RefObject<HTMLElement | null>): Measures | null {
  const [measures, setMeasures] = useState<Measures | null>(null)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0
      if (width > 0) setMeasures(measuresFor(window.innerWidth, width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return measures
}
