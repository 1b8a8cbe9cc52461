import type { CSSProperties, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { aspectOf, isWide } from '@/lib/upstream/ratios'

type TilesProps = {
  ratio: string
  count: number
  /** A line below the tiles that moves while the images are on their way. */
  isUnderWay?: boolean
  children: ReactNode
}

/** A row of as many tiles as were asked for, no higher than the feed's size allows; two to a row on phones, wide ones alone. */
export function Tiles({ ratio, count, isUnderWay, children }: TilesProps) {
  // values that the class list reads
  const style = { '--tiles': Math.max(count, 1), '--aspect': aspectOf(ratio) } as CSSProperties
  return (
    <div className="relative w-fit max-w-full phone:w-auto">
      <ul
        style={style}
        className={cn(
          'grid grid-cols-[repeat(var(--tiles),minmax(0,calc(var(--feed-row)*var(--aspect))))] gap-2 phone:gap-1.5',
          isWide(ratio) || count === 1 ? 'phone:grid-cols-1' : 'phone:grid-cols-2',
        )}
      >
        {children}
      </ul>
      {isUnderWay && (
        <span
          aria-hidden
          className="absolute inset-x-0 -bottom-2 h-0.5 overflow-hidden rounded-full bg-track"
        >
          <span className="block h-full w-1/3 animate-progress rounded-full bg-text-3" />
        </span>
      )}
    </div>
  )
}

/** The place of an image that is on its way: the colours of its style, breathing. */
export function PendingTile({ colours }: { colours?: string | null }) {
  return (
    <li aria-hidden className="relative aspect-(--aspect) overflow-hidden rounded-s bg-skeleton">
      {colours && (
        // eslint-disable-next-line @next/next/no-img-element -- a thumbnail of ours, as colours alone
        <img
          src={colours}
          alt=""
          className="absolute inset-0 size-full scale-150 object-cover opacity-35 blur-2xl"
        />
      )}
      <span className="sheen absolute inset-0 opacity-40" />
    </li>
  )
}
