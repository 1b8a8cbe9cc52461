import { useRef, type PointerEvent } from 'react'
import type { Point, Zoom } from '@/components/images/use-zoom'

const SWIPE_PX = 56

type Given = {
  zoom: Zoom
  /** A pointer's place, from the stage's centre. */
  pointOf: (event: PointerEvent) => Point
  onNewer?: () => void
  onOlder?: () => void
}

/** Drag moves what is zoomed, two fingers zoom, a swipe leads on; the handlers of the stage. */
export function useGestures({ zoom, pointOf, onNewer, onOlder }: Given) {
  const pointers = useRef(new Map<number, Point>())
  const swipe = useRef<{ from: Point; isPinch: boolean } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest('button')) return
    pointers.current.set(event.pointerId, pointOf(event))
    const isPinch = pointers.current.size > 1
    swipe.current = isPinch ? { from: pointOf(event), isPinch } : { from: pointOf(event), isPinch: false }
    if (zoom.isZoomed || isPinch) event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, point]) => point)
    if (other) {
      const centre = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      zoom.zoomTo((zoom.view.scale * distance(now, other)) / Math.max(1, distance(before, other)), centre)
    } else if (zoom.isZoomed) zoom.move({ x: now.x - before.x, y: now.y - before.y })
    pointers.current.set(event.pointerId, now)
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
    const started = swipe.current
    if (pointers.current.size > 0 || !started) return
    swipe.current = null
    if (zoom.isZoomed || started.isPinch || event.pointerType === 'mouse') return
    const now = pointOf(event)
    const [dx, dy] = [now.x - started.from.x, now.y - started.from.y]
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 1.5 * Math.abs(dy)) (dx < 0 ? onOlder : onNewer)?.()
  }
  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
    swipe.current = null
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
