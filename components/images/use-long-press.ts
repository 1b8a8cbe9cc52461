import { useEffect, useRef, type MouseEvent, type PointerEvent } from 'react'

const LONG_MS = 450
const STILL_PX = 10

/** What a finger that stays does. The click and the browser's own menu that would follow are swallowed. */
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
    onClickCapture: (event: MouseEvent) => {
      if (!press.current.wasLong) return
      press.current.wasLong = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
