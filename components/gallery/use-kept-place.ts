import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { rowsBetween, rowWith, type Row } from '@/components/gallery/layout'

type Shown = {
  ref: RefObject<HTMLElement | null>
  rows: readonly Row[]
  images: readonly { id: string }[]
  /** Another list (another search) begins at its own top. */
  list: string
}
type Place = { id: string; offset: number; list: string }

/**
 * Keeps the image at the top of the window where it is while the grid changes around it: another width, new images
 * at the head. At the very top the newest images stay in sight instead.
 */
export function useKeptPlace({ ref, rows, images, list }: Shown): void {
  const place = useRef<Place | null>(null)
  useLayoutEffect(() => {
    const kept = place.current
    const grid = ref.current
    if (!kept || !grid || kept.list !== list) return
    const row = rowWith(
      rows,
      images.findIndex(({ id }) => id === kept.id),
    )
    if (!row) return
    const shift = grid.getBoundingClientRect().top + row.top - kept.offset
    if (Math.abs(shift) > 1) window.scrollBy({ top: shift, behavior: 'instant' })
  }, [ref, rows, images, list])
  useEffect(() => {
    const look = () => {
      const top = ref.current?.getBoundingClientRect().top ?? 0
      place.current = top < 0 ? placeAt({ rows, images, list }, top) : null
    }
    look()
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [ref, rows, images, list])
}

/** The first image in the window, and where its row begins there; `top` is the grid's, in the window. */
function placeAt({ rows, images, list }: Omit<Shown, 'ref'>, top: number): Place | null {
  const { from } = rowsBetween(rows, -top, -top)
  const row = rows.slice(from, from + 2).find((one) => one.kind === 'images')
  const id = images[row?.from ?? -1]?.id
  return row && id ? { id, offset: top + row.top, list } : null
}
