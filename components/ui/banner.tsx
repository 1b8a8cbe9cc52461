import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** A fact about the whole studio, across the top of every page. */
export function Banner({
  icon: Icon,
  role = 'status',
  children,
  action,
}: {
  icon: LucideIcon
  role?: 'status' | 'alert'
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div
      role={role}
      className="flex min-h-10 items-center gap-2.5 bg-field px-5 py-2 text-13 text-text-2 phone:min-h-9 phone:px-4 phone:py-1.5"
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <div className="min-w-0 flex-1 [&_a]:text-text [&_a]:underline [&_a]:decoration-line-2 [&_a]:underline-offset-3 [&_b]:font-semibold [&_b]:text-text">
        {children}
      </div>
      {action}
    </div>
  )
}
