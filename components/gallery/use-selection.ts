import { useState } from 'react'
import type { Image } from '@/lib/images/schema'

export type Selection = ReturnType<typeof useSelection>

type Picks = { ids: ReadonlySet<string>; isOn: boolean }
const NO_PICKS: Picks = { ids: new Set(), isOn: false }

/** Which images are picked: one by one, or from the last picked to here with Shift. */
export function useSelection(images: readonly Image[]) {
  const [{ ids, isOn }, setPicks] = useState<Picks>(NO_PICKS)
  const [anchor, setAnchor] = useState<string | null>(null)
  const toggle = (id: string) => {
    const next = new Set(ids)
    if (!next.delete(id)) next.add(id)
    setPicks({ ids: next, isOn: true })
    setAnchor(id)
  }
  const extend = (id: string) => {
    const [from, to] = [anchor ?? id, id].map((one) => images.findIndex((image) => image.id === one))
    if (from === undefined || to === undefined || from < 0 || to < 0) return toggle(id)
    const between = images.slice(Math.min(from, to), Math.max(from, to) + 1)
    setPicks({ ids: new Set([...ids, ...between.map((image) => image.id)]), isOn: true })
  }
  const end = () => {
    setPicks(NO_PICKS)
    setAnchor(null)
  }
  /** Of images that are gone: what was picked or begun since stays; where the last that was picked is gone, it ends. */
  const drop = (gone: readonly string[]) =>
    setPicks((now) => {
      const left = [...now.ids].filter((id) => !gone.includes(id))
      if (left.length === now.ids.size) return now
      return left.length > 0 ? { ...now, ids: new Set(left) } : NO_PICKS
    })
  const begin = () => setPicks({ ids, isOn: true })
  const picked = images.filter((image) => ids.has(image.id))
  return { isOn, picked, has: (id: string) => ids.has(id), begin, toggle, extend, drop, end }
}
