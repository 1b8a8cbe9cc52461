import type { CSSProperties, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { aspectOf, isWide } from '@/lib/upstream/flamel/ratios'

/** A row of as many tiles as were asked for; two to a row on phones, wide ones alone. */
export function Tiles({ ratio, count, children }: { ratio: string; count: number; children: ReactNode }) {
  // values that the class list reads
  const style = { '--tiles': Math.max(count, 2), '--aspect': aspectOf(ratio) } as CSSProperties
  return (
    <ul
      style={style}
      className={cn(
        'grid grid-cols-[repeat(var(--tiles),minmax(0,1fr))] gap-2 phone:gap-1.5',
        isWide(ratio) ? 'phone:grid-cols-1' : 'phone:grid-cols-2',
        count === 1 && (isWide(ratio) ? 'max-w-[720px]' : 'max-w-[800px]'),
      )}
    >
      {children}
    </ul>
  )
}

/** The place of an image that is on its way. */
export function PendingTile({ index, isStill }: { index: number; isStill?: boolean }) {
  return (
    <li
      aria-hidden
      className={cn('relative aspect-(--aspect) overflow-hidden rounded-s bg-skeleton', !isStill && 'sheen')}
    >
      <span className="absolute bottom-2.5 left-3 text-12 text-text-3">{index + 1}</span>
    </li>
  )
}
