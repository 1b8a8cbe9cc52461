import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cn } from '@/lib/cn'

const frame =
  'bg-field edge rounded-m focus-inside flex w-full items-center gap-2 px-3 has-[[aria-invalid=true]]:edge-danger'

export type InputProps = ComponentPropsWithRef<'input'> & {
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

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return (
    <textarea
      dir="auto"
      {...rest}
      className={cn('w-full resize-none rounded-m bg-field px-3 py-2.5 text-16 edge focus-inside', className)}
    />
  )
}
