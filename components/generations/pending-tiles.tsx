'use client'
import { useQuery } from '@tanstack/react-query'
import { useComposer } from '@/components/composer/composer-context'
import { PendingTile, Tiles } from '@/components/generations/tiles'
import { styleQueries } from '@/lib/styles/client'

type Pending = { ratio: string; sample: number; styleId?: number }

/** The places of images that are on their way. */
export function PendingTiles({ ratio, sample, styleId }: Pending) {
  const { team } = useComposer()
  const { data } = useQuery(styleQueries.list(team))
  const style = data?.items.find((one) => one.styleId === styleId)
  return (
    <Tiles ratio={ratio} count={sample} isUnderWay>
      {Array.from({ length: sample }, (_, index) => (
        <PendingTile key={index} colours={style?.thumbnailUrl} />
      ))}
    </Tiles>
  )
}
