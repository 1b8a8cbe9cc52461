import { useEffect, useLayoutEffect, useState } from 'react'

/** So long after it moved or pressed, a pointer is taken to be on its way to something. */
const REST_MS = 500

let busyAt = -Infinity

/** Does it once no pointer is on its way and no menu is open, at once where that is so already; returns what calls it off. */
function whenPointerRests(act: () => void): () => void {
  let timer: number | undefined
  const look = () => {
    const left = busyAt + REST_MS - performance.now()
    const wait = left > 0 ? left : document.querySelector('[role=menu]') ? REST_MS : 0
    if (wait === 0) act()
    else timer = window.setTimeout(look, wait)
  }
  look()
  return () => clearTimeout(timer)
}

/**
 * A list, newest first, without what has come at its head while a pointer was on its way: what comes in there moves
 * everything below, and a press, which may cost credits, would meet another than was aimed at. Another `list` is shown
 * whole at once, and so is what `isOwn` names. Ids grow with time (UUID version 7).
 */
export function useCalmHead<Item extends { id: string }>(
  items: readonly Item[],
  { list, isOwn }: { list: string; isOwn?: (item: Item) => boolean },
): readonly Item[] {
  const newest = items.reduce((id, item) => (item.id > id ? item.id : id), '')
  const [shown, setShown] = useState({ list, to: newest })
  useEffect(() => {
    const stopped = new AbortController()
    const note = () => (busyAt = performance.now())
    for (const kind of ['pointermove', 'pointerdown'])
      window.addEventListener(kind, note, { signal: stopped.signal, capture: true, passive: true })
    return () => stopped.abort()
  }, [])
  const isSeen = shown.list === list && shown.to !== ''
  useLayoutEffect(() => {
    const show = () => setShown({ list, to: newest })
    return isSeen ? whenPointerRests(show) : show()
  }, [isSeen, list, newest])
  const isShown = (item: Item) => !isSeen || item.id <= shown.to || isOwn?.(item)
  return items.every(isShown) ? items : items.filter(isShown)
}
