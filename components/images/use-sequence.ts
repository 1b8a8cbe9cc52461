import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { imageQueries } from '@/lib/images/client'
import type { Image, ImageFilters, Neighbours } from '@/lib/images/schema'

/** So near to the end of what is known, more is asked for. */
const NEAR = 4

/** The images around the one shown, newest first, as far as they are known; asks for more towards the ends. */
export function useSequence(team: string, image: Image | undefined, filters: ImageFilters) {
  const [anchor, setAnchor] = useState<Image>()
  const { data, isPlaceholderData } = useQuery({
    ...imageQueries.neighbours(team, anchor?.id ?? '', filters),
    enabled: anchor !== undefined,
  })
  const fresh = isPlaceholderData ? undefined : data
  const list = useAround(anchor, fresh)
  const index = list.findIndex((one) => one.id === image?.id)
  if (image && image.id !== anchor?.id && wantsMore({ index, list, isWaiting: !fresh })) setAnchor(image)
  return index < 0 ? {} : { newer: list[index - 1], older: list[index + 1] }
}

type Known = { index: number; list: readonly Image[]; isWaiting: boolean }

function wantsMore({ index, list, isWaiting }: Known): boolean {
  if (index < 0) return true
  return !isWaiting && (index < NEAR || index >= list.length - NEAR)
}

/** The last answer in one line with the image it was asked for; stays until the next one is there. */
function useAround(anchor: Image | undefined, answer: Neighbours | undefined): readonly Image[] {
  const [around, setAround] = useState<{ answer?: Neighbours; list: readonly Image[] }>({ list: [] })
  if (anchor && answer && around.answer !== answer)
    setAround({ answer, list: [...answer.newer.toReversed(), anchor, ...answer.older] })
  return around.list
}
