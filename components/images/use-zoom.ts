import { useState } from 'react'

const MAX = 8
const STEP = 1.6

export type Point = { x: number; y: number }
/** How the image lies on the stage: its scale over fitting, and how far its centre is moved, in pixels. */
export type View = { scale: number; x: number; y: number }
export type Zoom = ReturnType<typeof useZoom>

const FIT: View = { scale: 1, x: 0, y: 0 }

/** Zoom and position of one image; another image starts anew. Points are measured from the stage's centre. */
export function useZoom(id: string) {
  const [state, setState] = useState({ id, view: FIT })
  const view = state.id === id ? state.view : FIT
  const set = (next: View) => setState({ id, view: next.scale <= 1.01 ? FIT : next })
  const zoomTo = (scale: number, at: Point = { x: 0, y: 0 }) => {
    const next = Math.min(MAX, Math.max(1, scale))
    const ratio = next / view.scale
    set({ scale: next, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio })
  }
  return {
    view,
    isZoomed: view.scale > 1,
    zoomTo,
    more: () => zoomTo(view.scale * STEP),
    less: () => zoomTo(view.scale / STEP),
    reset: () => set(FIT),
    move: (by: Point) => set({ ...view, x: view.x + by.x, y: view.y + by.y }),
  }
}
