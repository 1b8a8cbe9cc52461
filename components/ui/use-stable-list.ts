import { useEffect, useLayoutEffect, useState } from 'react'

/** So long after it moved or pressed, a pointer is taken to be on its way to something. */
const REST_MS = 500

const LOOK_MS = 100

/** Until it runs out, a pointer is on its way: a timer, as a page that was busy meanwhile hears first how the pointer moved. */
let moving: number | undefined

function noteMove(): void {
  clearTimeout(moving)
  moving = window.setTimeout(() => (moving = undefined), REST_MS)
}

/** Does it once no pointer is on its way and no menu is open or about to be, at once where that is so already; returns what calls it off. */
function whenPointerRests(act: () => void): () => void {
  let timer: number | undefined
  const look = () => {
    const hasMenu = document.querySelector('[role=menu], [data-opening]') !== null
    if (moving !== undefined || hasMenu) timer = window.setTimeout(look, LOOK_MS)
    else act()
  }
  look()
  return () => clearTimeout(timer)
}

/**
 * A list, newest first, without what has come at its head while a pointer was on its way: what comes in there moves
 * everything below, and a press, which may cost credits, would meet another than was aimed at. Another `list` is shown
 * whole at once, and so is what `isOwn` names. Ids grow with time (UUID version 7).
 */
export function useStableList<Item extends { id: string }>(
  items: readonly Item[],
  { list, isOwn }: { list: string; isOwn?: (item: Item) => boolean },
): readonly Item[] {
  const newest = items.reduce((id, item) => (item.id > id ? item.id : id), '')
  const [shown, setShown] = useState({ list, to: newest })
  useEffect(() => {
    const stopped = new AbortController()
    for (const kind of ['pointermove', 'pointerdown'])
      window.addEventListener(kind, noteMove, { signal: stopped.signal, capture: true, passive: true })
    return () => stopped.abort()
  }, [])
  // of which nothing is known any more, all is new: an empty list would say that there is none
  const isKnown = shown.list === list && items.some(({ id }) => id <= shown.to)
  useLayoutEffect(() => {
    const show = () => setShown((now) => (now.list === list && now.to >= newest ? now : { list, to: newest }))
    return isKnown ? whenPointerRests(show) : show()
  }, [isKnown, list, newest])
  const isShown = (item: Item) => !isKnown || item.id <= shown.to || isOwn?.(item)
  return items.every(isShown) ? items : items.filter(isShown)
}
