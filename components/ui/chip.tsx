import { ChevronDown, X } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { cn } from '@/components/ui/cn'

/** A filter: outlined while it can be set, filled with a cross once it is. */
export function Chip({
  isSet,
  opens,
  className,
  children,
  ...rest
}: ComponentPropsWithRef<'button'> & { isSet?: boolean; opens?: boolean }) {
  const Icon = isSet ? X : opens ? ChevronDown : null
  return (
    <button
      type="button"
      aria-pressed={opens ? undefined : Boolean(isSet)}
      {...rest}
      className={cn(
        'touch inline-flex h-8 shrink-0 items-center gap-1.5 rounded-m px-3 text-13 font-medium whitespace-nowrap phone:h-9',
        isSet ? 'bg-hover pr-2 text-text' : 'text-text-2 edge-2 hover:bg-hover',
        className,
      )}
    >
      {children}
      {Icon && <Icon aria-hidden className="size-3.5 text-text-3" />}
    </button>
  )
}
