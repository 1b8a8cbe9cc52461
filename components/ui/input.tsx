import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

const frame =
  'bg-field edge rounded-m focus-inside flex w-full items-center gap-2 px-3 has-[[aria-invalid=true]]:edge-danger'

/** Without the browser's own limit, which cuts letters in two and says nothing: `LimitedInput` does neither. */
export type InputProps = Omit<ComponentPropsWithRef<'input'>, 'maxLength'> & {
  before?: ReactNode
  after?: ReactNode
  large?: boolean
}

/** One line of text. `before` and `after` stand inside its frame. Give it a label: wrap it in `Field`, or `aria-label`. */
export function Input({ before, after, large, className, ...rest }: InputProps) {
  return (
    <span className={cn(frame, large ? 'h-12 text-16' : 'h-10 text-14 phone:h-11', className)}>
      {before}
      <input dir="auto" {...rest} className="h-full min-w-0 flex-1 bg-transparent phone:text-16" />
      {after}
    </span>
  )
}
