import { PendingTile, Tiles } from '@/components/generations/tiles'
import { Skeleton } from '@/components/ui/skeleton'

/** The feed before it is known: lines and tiles in their places. */
export function FeedSkeleton() {
  return (
    <div aria-busy className="grid gap-10">
      {['4:3', '1:1'].map((ratio) => (
        <div key={ratio} className="grid gap-3">
          <Skeleton className="h-5 w-2/5" />
          <Tiles ratio={ratio} count={4}>
            {[0, 1, 2, 3].map((index) => (
              <PendingTile key={index} />
            ))}
          </Tiles>
        </div>
      ))}
    </div>
  )
}
