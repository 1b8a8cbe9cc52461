import { useState } from 'react'
import type { Image } from '@/lib/images/schema'

export type Selection = ReturnType<typeof useSelection>

/** Which images are picked: one by one, or from the last picked to here with Shift. */
export function useSelection(images: readonly Image[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isOn, setOn] = useState(false)
  const [anchor, setAnchor] = useState<string | null>(null)
  const toggle = (id: string) => {
    const next = new Set(ids)
    if (!next.delete(id)) next.add(id)
    setIds(next)
    setAnchor(id)
    setOn(true)
  }
  const extend = (id: string) => {
    const [from, to] = [anchor ?? id, id].map((one) => images.findIndex((image) => image.id === one))
    if (from === undefined || to === undefined || from < 0 || to < 0) return toggle(id)
    const between = images.slice(Math.min(from, to), Math.max(from, to) + 1)
    setIds(new Set([...ids, ...between.map((image) => image.id)]))
    setOn(true)
  }
  const end = () => {
    setIds(new Set())
    setOn(false)
    setAnchor(null)
  }
  const picked = images.filter((image) => ids.has(image.id))
  return { isOn, picked, has: (id: string) => ids.has(id), begin: () => setOn(true), toggle, extend, end }
}
