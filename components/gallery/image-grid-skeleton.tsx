import { Skeleton } from '@/components/ui/skeleton'

const SHAPES = [1, 0.75, 1.33, 1.78, 1, 0.75, 1, 1.33, 0.56, 1.78, 1, 0.75]

/** The grid's shape while the images are on their way. `label` says so to who does not see it. */
export function ImageGridSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="mx-5 pt-2 phone:mx-1">
      <Skeleton className="mb-3 h-5 w-52 phone:mx-3" />
      <div className="flex flex-wrap gap-1">
        {SHAPES.map((aspect, place) => (
          <Skeleton
            key={place}
            className="h-[204px] grow phone:h-[118px]"
            style={{ flexBasis: `${aspect * 150}px` }}
          />
        ))}
      </div>
    </div>
  )
}
