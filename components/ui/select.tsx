import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { cn } from '@/components/ui/cn'

export type Option = { value: string; label: string }

/** One of a few named values: the browser's own list, which every phone and screen reader knows. */
export function Select({
  options,
  className,
  ...rest
}: ComponentPropsWithRef<'select'> & { options: readonly Option[] }) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <select
        {...rest}
        className="h-10 w-full appearance-none truncate rounded-m bg-field pr-9 pl-3 text-14 edge phone:h-11 phone:text-16"
      >
        {options.map(({ value, label }) => (
          <option dir="auto" key={value} value={value} className="bg-overlay text-text">
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-text-3"
      />
    </span>
  )
}
