import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

/** A short fact beside something: a role, a state, a count. Not a control. */
export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex h-[22px] items-center rounded-s bg-hover px-2 text-12 font-medium whitespace-nowrap text-text-2',
        className,
      )}
    >
      {children}
    </span>
  )
}
