import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { imageQueries, usePendingTrash } from '@/lib/images/client'
import type { Image, ImageFilters, Neighbours } from '@/lib/images/schema'

/** So near to the end of what is known, more is asked for. */
const NEAR = 4

/**
 * The images around the one shown, newest first, as far as they are known and not on their way to the trash; asks for more
 * towards the ends. `leave` takes one that was thrown away out of them; more is then asked for around `to`, as the server no
 * longer knows the neighbours of the other.
 */
export function useSequence(team: string, image: Image | undefined, filters: ImageFilters) {
  const [anchor, setAnchor] = useState<Image>()
  const [left, setLeft] = useState<string>()
  const { data, isPlaceholderData } = useQuery({
    ...imageQueries.neighbours(team, anchor?.id ?? '', filters),
    enabled: anchor !== undefined,
  })
  const fresh = isPlaceholderData ? undefined : data
  const isGoing = usePendingTrash(team)
  const around = useAround(anchor, fresh)
  const list = around.list.filter(({ id }) => !isGoing(id))
  const index = list.findIndex((one) => one.id === image?.id)
  const isKnown = image?.id === anchor?.id || image?.id === left
  if (image && !isKnown && wantsMore({ index, list, isWaiting: !fresh })) setAnchor(image)
  const leave = (gone: string, to: Image) => {
    setLeft(gone)
    around.drop(gone)
    setAnchor(to)
  }
  return { newer: list[index - 1], older: index < 0 ? undefined : list[index + 1], leave }
}

type Known = { index: number; list: readonly Image[]; isWaiting: boolean }

function wantsMore({ index, list, isWaiting }: Known): boolean {
  if (index < 0) return true
  return !isWaiting && (index < NEAR || index >= list.length - NEAR)
}

/** The last answer in one line with the image it was asked for; stays until the next one is there. */
function useAround(anchor: Image | undefined, answer: Neighbours | undefined) {
  const [around, setAround] = useState<{ answer?: Neighbours; list: readonly Image[] }>({ list: [] })
  if (anchor && answer && around.answer !== answer)
    setAround({ answer, list: [...answer.newer.toReversed(), anchor, ...answer.older] })
  const drop = (id: string) => setAround({ ...around, list: around.list.filter((one) => one.id !== id) })
  return { list: around.list, drop }
}
