import { useEffect, useRef, type MouseEvent, type PointerEvent, type TouchEvent } from 'react'

const LONG_MS = 450
const STILL_PX = 10

/** What a finger that stays does. The mouse events and the browser's own menu that would follow do not. */
export function useLongPress(onLong: () => void) {
  const timer = useRef<number>(undefined)
  const press = useRef({ x: 0, y: 0, isTouch: false, wasLong: false })
  const cancel = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    onPointerDown: ({ clientX, clientY, pointerType }: PointerEvent) => {
      cancel()
      press.current = { x: clientX, y: clientY, isTouch: pointerType === 'touch', wasLong: false }
      if (pointerType !== 'touch') return
      timer.current = window.setTimeout(() => {
        press.current.wasLong = true
        onLong()
      }, LONG_MS)
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - press.current.x, clientY - press.current.y) > STILL_PX) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onContextMenu: (event: MouseEvent) => {
      if (press.current.isTouch) event.preventDefault()
    },
    // Where the browser's own long press takes longer than ours, it reads the end of this one as a tap: the mouse
    // event that follows it would close the menu that the press has opened, and the click would follow the link.
    onTouchEnd: (event: TouchEvent) => {
      if (press.current.wasLong) event.preventDefault()
    },
  }
}
