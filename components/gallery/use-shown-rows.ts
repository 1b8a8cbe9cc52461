import { useEffect, useState, type RefObject } from 'react'
import { rowsBetween, type Row } from '@/components/gallery/layout'

/** Drawn above and below what is seen, so that a quick scroll does not outrun it. */
const MARGIN_PX = 900

/** Which rows to draw. Changes only when a row comes or goes, at most once per frame. */
export function useShownRows(ref: RefObject<HTMLElement | null>, rows: readonly Row[]) {
  const [shown, setShown] = useState({ from: 0, to: 12 })
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      const top = -(ref.current?.getBoundingClientRect().top ?? 0)
      const next = rowsBetween(rows, top - MARGIN_PX, top + window.innerHeight + MARGIN_PX)
      setShown((now) => (now.from === next.from && now.to === next.to ? now : next))
    }
    const plan = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    window.addEventListener('scroll', plan, { passive: true })
    window.addEventListener('resize', plan)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', plan)
      window.removeEventListener('resize', plan)
    }
  }, [ref, rows])
  return shown
}
