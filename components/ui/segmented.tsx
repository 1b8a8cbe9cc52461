import { useId, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type SegmentedProps<T extends string> = {
  label: string
  value: T
  options: readonly { value: T; label: ReactNode; name?: string; isDisabled?: boolean }[]
  onChange: (value: T) => void
  className?: string
}

/** One of two to five choices, side by side: radio buttons, so arrow keys and screen readers work as everywhere. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<T>) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn('grid auto-cols-fr grid-flow-col rounded-m bg-track p-[3px]', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'relative flex h-[30px] cursor-pointer items-center justify-center gap-1.5 rounded-[7px] px-2.5 text-13 font-medium whitespace-nowrap phone:h-[38px]',
            'has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-not-allowed has-disabled:opacity-45',
            option.value === value
              ? 'bg-selected text-text shadow-[0_1px_2px_var(--segment-shadow)]'
              : 'text-text-2 hover:text-text',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.isDisabled}
            aria-label={option.name}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
